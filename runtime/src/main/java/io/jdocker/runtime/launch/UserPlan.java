package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.user.IdMapping;
import java.util.Optional;

/**
 * A user namespace for a container, made and mapped before the launch.
 *
 * @param process a pidfd of a process in it
 * @param processFolder of that process in /proc, for a person
 * @param namespaces CLONE_NEW* of further namespaces of that process to be joined, which belong to
 *     the user namespace
 * @param layers the engine's folder with the ids mapped, where the kernel could
 */
public record UserPlan(
    Fd process, String processFolder, long namespaces, IdMapping ids, Optional<Fd> layers) {}
