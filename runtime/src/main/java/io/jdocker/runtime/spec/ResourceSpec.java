package io.jdocker.runtime.spec;

import io.jdocker.cgroups.Limits;

/**
 * What a container may use of its machine.
 *
 * @param cgroupParent the folder of control groups that its own is made in: {@code /tests}; empty:
 *     the engine's
 * @param shmSize bytes of /dev/shm; 0: 64 MiB
 */
public record ResourceSpec(
    Limits limits, String cgroupParent, DeviceSpec devices, KernelSpec kernel, long shmSize) {
  private static final long DEFAULT_SHM_SIZE = 64L << 20;

  /** No limit at all. */
  public static ResourceSpec none() {
    return of(Limits.none());
  }

  /** These limits and nothing else. */
  public static ResourceSpec of(Limits limits) {
    return new ResourceSpec(limits, "", DeviceSpec.none(), KernelSpec.none(), 0);
  }

  public ResourceSpec withLimits(Limits others) {
    return new ResourceSpec(others, cgroupParent, devices, kernel, shmSize);
  }

  public ResourceSpec withDevices(DeviceSpec others) {
    return new ResourceSpec(limits, cgroupParent, others, kernel, shmSize);
  }

  public ResourceSpec withKernel(KernelSpec other) {
    return new ResourceSpec(limits, cgroupParent, devices, other, shmSize);
  }

  public ResourceSpec withCgroupParent(String parent) {
    return new ResourceSpec(limits, parent, devices, kernel, shmSize);
  }

  public long effectiveShmSize() {
    return shmSize == 0 ? DEFAULT_SHM_SIZE : shmSize;
  }
}
