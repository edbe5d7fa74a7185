/** From file names to a project: found, read, included, extended, merged, checked. */
package io.jdocker.compose.load;
