package io.jdocker.runtime.container;

import io.jdocker.cgroups.CgroupDriver;
import io.jdocker.images.ImageStore;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.launch.Launcher;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.network.Networks;
import io.jdocker.runtime.event.EventBus;
import io.jdocker.runtime.stdio.EventLoop;
import io.jdocker.runtime.timer.Timer;
import io.jdocker.runtime.volume.MountedVolumes;
import io.jdocker.runtime.volume.VolumeStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/**
 * What the verbs work with. One instance an engine; every part is thread-safe.
 *
 * @param root the engine's folder, absolute
 * @param init the program for containers with an init process, in sealed memory
 * @param timer wakes what waits for a time
 * @param users who users of containers are on the host, unless a container says otherwise
 * @param workers runs what may block: ends of runs, removals
 */
public record EngineParts(
    Kernel kernel,
    Path root,
    ImageStore images,
    CgroupDriver cgroups,
    Networks networks,
    VolumeStore volumes,
    MountedVolumes mounted,
    EventBus events,
    EventLoop loop,
    Launcher launcher,
    Fd init,
    Clock clock,
    Timer timer,
    ExecutorService workers,
    IdMapping users) {}
