/**
 * Seccomp: which system calls a container may make.
 *
 * <p>A {@link io.jdocker.linux.seccomp.SeccompProfile} says it in names, as Docker's JSON profiles
 * do; {@link io.jdocker.linux.seccomp.DefaultProfile} is Docker's default policy as our own table,
 * {@link io.jdocker.linux.seccomp.ProfileParser} reads profiles of users. {@link
 * io.jdocker.linux.seccomp.FilterCompiler} makes classic BPF of it, a binary search over call
 * numbers, and {@link io.jdocker.linux.seccomp.SeccompFilters} keeps what was compiled. See
 * seccomp(2), and Documentation/userspace-api/seccomp_filter.rst of Linux.
 */
package io.jdocker.linux.seccomp;
