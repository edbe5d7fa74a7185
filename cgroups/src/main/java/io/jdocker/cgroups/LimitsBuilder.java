package io.jdocker.cgroups;

import java.util.List;

/** Collects {@link Limits}; what is not called stays unlimited. One thread at a time. */
public final class LimitsBuilder {
  private long memory;
  private long memorySwap;
  private long memoryReservation;
  private long memorySwappiness = -1;
  private boolean oomKillDisable;
  private long nanoCpus;
  private long cpuPeriod;
  private long cpuQuota;
  private long cpuShares;
  private String cpusetCpus = "";
  private String cpusetMems = "";
  private long pids;
  private int blkioWeight;
  private List<DeviceRule> devices = DeviceRule.dockerDefaults();

  LimitsBuilder() {}

  public LimitsBuilder memory(long bytes) {
    memory = bytes;
    return this;
  }

  public LimitsBuilder memorySwap(long bytes) {
    memorySwap = bytes;
    return this;
  }

  public LimitsBuilder memoryReservation(long bytes) {
    memoryReservation = bytes;
    return this;
  }

  public LimitsBuilder memorySwappiness(long percent) {
    memorySwappiness = percent;
    return this;
  }

  public LimitsBuilder oomKillDisable(boolean disable) {
    oomKillDisable = disable;
    return this;
  }

  public LimitsBuilder nanoCpus(long nanos) {
    nanoCpus = nanos;
    return this;
  }

  public LimitsBuilder cpuPeriod(long micros) {
    cpuPeriod = micros;
    return this;
  }

  public LimitsBuilder cpuQuota(long micros) {
    cpuQuota = micros;
    return this;
  }

  public LimitsBuilder cpuShares(long weight) {
    cpuShares = weight;
    return this;
  }

  public LimitsBuilder cpusetCpus(String cpus) {
    cpusetCpus = cpus;
    return this;
  }

  public LimitsBuilder cpusetMems(String nodes) {
    cpusetMems = nodes;
    return this;
  }

  public LimitsBuilder pids(long count) {
    pids = count;
    return this;
  }

  public LimitsBuilder blkioWeight(int weight) {
    blkioWeight = weight;
    return this;
  }

  /** Replaces the device rules, which are Docker's defaults until then. */
  public LimitsBuilder devices(List<DeviceRule> rules) {
    devices = rules;
    return this;
  }

  public Limits build() {
    return new Limits(
        memory,
        memorySwap,
        memoryReservation,
        memorySwappiness,
        oomKillDisable,
        nanoCpus,
        cpuPeriod,
        cpuQuota,
        cpuShares,
        cpusetCpus,
        cpusetMems,
        pids,
        blkioWeight,
        devices);
  }
}
