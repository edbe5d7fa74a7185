/** A project as records: what the files say, checked, with every default filled in. */
package io.jdocker.compose.model;
