/** Removing what nothing uses: {@code container prune} and its kin. */
package io.jdocker.cli.prune;
