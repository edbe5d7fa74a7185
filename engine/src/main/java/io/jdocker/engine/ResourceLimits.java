package io.jdocker.engine;

import io.jdocker.cgroups.Limits;

/**
 * What a container may use of its machine; 0: without limit.
 *
 * @param memory bytes
 * @param cpus processors: 1.5
 * @param pids processes and threads
 */
public record ResourceLimits(long memory, double cpus, long pids) {
  private static final double NANOS = 1e9;

  public static ResourceLimits none() {
    return new ResourceLimits(0, 0, 0);
  }

  public ResourceLimits withMemory(long bytes) {
    return new ResourceLimits(bytes, cpus, pids);
  }

  public ResourceLimits withCpus(double count) {
    return new ResourceLimits(memory, count, pids);
  }

  public ResourceLimits withPids(long count) {
    return new ResourceLimits(memory, cpus, count);
  }

  Limits spec() {
    return Limits.builder().memory(memory).nanoCpus(Math.round(cpus * NANOS)).pids(pids).build();
  }
}
