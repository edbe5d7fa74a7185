package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.user.IdMapping;
import java.util.List;

/**
 * A further process of a running container.
 *
 * @param target a pidfd of the container's first process, whose namespaces it joins
 * @param namespaces CLONE_NEW* of those that the container does not share with the host
 * @param ownClocks whether the container has a time namespace
 * @param ids of the container's user namespace; none where it has the host's
 */
public record ExecPlan(
    Fd target,
    long namespaces,
    boolean ownClocks,
    List<Fd> cgroups,
    Streams streams,
    List<String> argv,
    List<String> environment,
    String workingDirectory,
    KernelSettings kernel,
    Credentials credentials,
    IdMapping ids) {}
