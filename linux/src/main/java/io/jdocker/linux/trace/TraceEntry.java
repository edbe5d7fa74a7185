package io.jdocker.linux.trace;

import java.util.Optional;

/**
 * One effect on the kernel.
 *
 * @param purpose why, in a few words: {@code give the container its end of the veth pair}
 * @param call the call with decoded arguments, in strace(1)'s manner
 * @param result what the kernel answered: {@code 0}, {@code fd 12}, {@code ENOENT}
 * @param nanos how long it took; 0 where it was not timed
 * @param shell the command a person would type for it; empty where the shell needs none
 */
public record TraceEntry(
    Stage stage, String purpose, String call, String result, long nanos, Optional<String> shell) {}
