/** {@code jdocker cp}: Docker's rules for paths on both sides, and tars of local files. */
package io.jdocker.cli.copy;
