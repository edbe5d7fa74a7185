/** The command as a process, with the daemon that it starts itself. */
package io.jdocker.cli.whole;
