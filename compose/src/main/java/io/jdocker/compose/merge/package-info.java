/** One way to write each thing, and the rules by which a later file changes an earlier one. */
package io.jdocker.compose.merge;
