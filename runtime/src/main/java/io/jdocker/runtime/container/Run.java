package io.jdocker.runtime.container;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import io.jdocker.runtime.stdio.LogProgress;
import io.jdocker.runtime.stdio.ProcessStreams;
import java.util.Optional;

/**
 * What the engine holds of a container while it runs.
 *
 * @param keeper pidfd of the keeper
 * @param notice becomes readable when the first process has ended, or the keeper has
 * @param payload pidfd of the first process; empty where it ended before it could be opened
 * @param log tells readers that follow how far the log has come
 */
record Run(
    Fd keeper,
    Fd notice,
    Optional<Fd> payload,
    int pid,
    Cgroup cgroup,
    ProcessStreams streams,
    LogProgress log) {}
