package io.jdocker.cgroups;

/**
 * A limit that a kernel may lack: its controller is not mounted, or was built without it.
 *
 * @see CgroupDriver#abilities
 */
public enum Ability {
  MEMORY,
  SWAP,
  MEMORY_RESERVATION,
  SWAPPINESS,
  OOM_KILL_DISABLE,
  CPU_SHARES,
  CPU_QUOTA,
  CPU_REALTIME,
  CPUSET,
  PIDS,
  BLOCK_WEIGHT,
  BLOCK_DEVICE_WEIGHT,
  BLOCK_READ_BPS,
  BLOCK_WRITE_BPS,
  BLOCK_READ_IOPS,
  BLOCK_WRITE_IOPS
}
