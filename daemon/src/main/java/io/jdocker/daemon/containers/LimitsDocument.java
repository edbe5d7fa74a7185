package io.jdocker.daemon.containers;

import java.util.Optional;

/** The resource limits that jdocker has, in Docker's units. */
record LimitsDocument(
    long cpuShares,
    long memory,
    long nanoCpus,
    long cpuPeriod,
    long cpuQuota,
    String cpusetCpus,
    String cpusetMems,
    long memoryReservation,
    long memorySwap,
    Optional<Long> pidsLimit) {}
