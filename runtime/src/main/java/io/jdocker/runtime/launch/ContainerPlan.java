package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything a container's first process needs, found out and opened before the clone.
 *
 * @param overlay the data of the overlay mount, its paths relative to {@code overlayFolder}
 * @param mountPoint an empty folder of the host to mount the overlay on
 * @param cgroups open cgroup.procs files to join
 * @param cgroupFolders where those lie, for a person
 * @param networkFile a name of {@code network}, for a person
 * @param network the network namespace to join; empty for the host's
 * @param hostname empty where the container keeps the host's
 * @param shmSize bytes of /dev/shm; 0 where it has none of its own; -1: not even the folder
 * @param devices nodes of the host
 * @param privileged nothing masked, nothing read-only
 * @param init an executable to run as the first process in front of the command; empty for none
 * @param namespaces what of the kernel it has for itself, and what it shares
 */
public record ContainerPlan(
    String overlay,
    Path overlayFolder,
    Path mountPoint,
    boolean readOnlyRoot,
    List<Fd> cgroups,
    List<Path> cgroupFolders,
    Optional<Fd> network,
    Path networkFile,
    String hostname,
    String domainname,
    List<VolumeMount> mounts,
    long shmSize,
    List<DeviceNode> devices,
    KernelSettings kernel,
    boolean privileged,
    Optional<Fd> init,
    NamespacePlan namespaces,
    Streams streams,
    List<String> argv,
    List<String> environment,
    String workingDirectory,
    Credentials credentials) {}
