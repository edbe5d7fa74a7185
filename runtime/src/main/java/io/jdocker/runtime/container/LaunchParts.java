package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import io.jdocker.network.Sandbox;
import io.jdocker.runtime.launch.DeviceNode;
import java.util.List;
import java.util.Optional;

/**
 * What was acquired for a start before the process is cloned.
 *
 * @param join files of the control group through which the process joins it
 * @param devices nodes of the host
 * @param users a user namespace of its own
 */
record LaunchParts(
    Sandbox sandbox,
    Cgroup cgroup,
    List<Fd> join,
    List<DeviceNode> devices,
    ContainerStreams streams,
    Optional<OpenUsers> users) {}
