package io.jdocker.cgroups;

/** Collects {@link Limits}; what is not called stays unlimited. One thread at a time. */
public final class LimitsBuilder {
  private long memory;
  private long memorySwap;
  private long memoryReservation;
  private long memorySwappiness = MemoryLimits.UNSET;
  private boolean oomKillDisable;
  private long nanoCpus;
  private long cpuPeriod;
  private long cpuQuota;
  private long cpuShares;
  private String cpusetCpus = "";
  private String cpusetMems = "";
  private long pids;
  private long realtimePeriod;
  private long realtimeRuntime;
  private BlockIoLimits blockIo = BlockIoLimits.none();

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

  public LimitsBuilder realtime(long periodMicros, long runtimeMicros) {
    realtimePeriod = periodMicros;
    realtimeRuntime = runtimeMicros;
    return this;
  }

  public LimitsBuilder blockIo(BlockIoLimits limits) {
    blockIo = limits;
    return this;
  }

  public LimitsBuilder blkioWeight(int weight) {
    blockIo =
        new BlockIoLimits(
            weight,
            blockIo.deviceWeights(),
            blockIo.readBps(),
            blockIo.writeBps(),
            blockIo.readIops(),
            blockIo.writeIops());
    return this;
  }

  public Limits build() {
    return new Limits(
        new MemoryLimits(memory, memorySwap, memoryReservation, memorySwappiness, oomKillDisable),
        new CpuLimits(
            nanoCpus,
            cpuPeriod,
            cpuQuota,
            cpuShares,
            realtimePeriod,
            realtimeRuntime,
            cpusetCpus,
            cpusetMems),
        blockIo,
        pids);
  }
}
