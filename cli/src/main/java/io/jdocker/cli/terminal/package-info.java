/**
 * The terminal of the caller: its modes and size, termios(3) and ioctl_tty(2). The one place of the
 * command that loads jnr-ffi, and only for {@code -t}, for bars and for passwords.
 */
package io.jdocker.cli.terminal;
