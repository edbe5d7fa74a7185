/** From the canonical tree to records; every key that the specification does not know is named. */
package io.jdocker.compose.parse;
