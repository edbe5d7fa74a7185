/** Starting, stopping and watching the daemon from the command line. */
package io.jdocker.cli.engine;
