/**
 * The errors that a user of the engine can meet, by kind. The daemon maps each kind to an HTTP
 * status, the command line to an exit code. A failed system call that has no kinder reading stays a
 * {@link io.jdocker.linux.SyscallException}, wrapped as {@link
 * io.jdocker.linux.failure.SystemFailure} where it leaves a module.
 */
package io.jdocker.linux.failure;
