package io.jdocker.daemon.containers;

import java.time.Duration;
import java.time.Instant;

/**
 * What /proc says about a process.
 *
 * @param user name on the host, or the uid where it has none
 * @param terminal {@code pts/0}, or {@code ?}
 * @param cpuTime user and system time used
 * @param state one letter, see proc(5)
 * @param virtualBytes size of its address space
 * @param residentBytes of it in memory
 */
record ProcessRow(
    String user,
    int pid,
    int parent,
    String terminal,
    Instant started,
    Duration cpuTime,
    String command,
    String state,
    long virtualBytes,
    long residentBytes,
    double cpuShare) {}
