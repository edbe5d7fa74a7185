/**
 * The one door to the Linux kernel.
 *
 * <p>{@link io.jdocker.linux.Kernel} makes system calls through jnr-ffi; the typed calls stand
 * beside it by subject: files, mounts, processes, sockets, polls. A failed call is a {@link
 * io.jdocker.linux.SyscallException} that names the call, its operands and the errno. Nothing here
 * knows what a container is. See syscalls(2).
 */
package io.jdocker.linux;
