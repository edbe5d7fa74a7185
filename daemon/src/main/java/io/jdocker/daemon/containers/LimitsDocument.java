package io.jdocker.daemon.containers;

import io.jdocker.cgroups.BlockIoLimits;
import io.jdocker.cgroups.CpuLimits;
import io.jdocker.cgroups.Limits;
import io.jdocker.cgroups.MemoryLimits;
import io.jdocker.daemon.json.Key;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Optional;

/** The limits that Docker's Resources has, in its units: what an update can change. */
record LimitsDocument(
    long cpuShares,
    long memory,
    long nanoCpus,
    int blkioWeight,
    List<WeightDevice> blkioWeightDevice,
    List<ThrottleDevice> blkioDeviceReadBps,
    List<ThrottleDevice> blkioDeviceWriteBps,
    @Key("BlkioDeviceReadIOps") List<ThrottleDevice> blkioDeviceReadIops,
    @Key("BlkioDeviceWriteIOps") List<ThrottleDevice> blkioDeviceWriteIops,
    long cpuPeriod,
    long cpuQuota,
    long cpuRealtimePeriod,
    long cpuRealtimeRuntime,
    String cpusetCpus,
    String cpusetMems,
    long memoryReservation,
    long memorySwap,
    Optional<Long> memorySwappiness,
    Optional<Boolean> oomKillDisable,
    Optional<Long> pidsLimit) {

  /** A block device and its weight. */
  record WeightDevice(String path, int weight) {}

  /** A block device and its bytes or operations a second. */
  record ThrottleDevice(String path, long rate) {}

  /**
   * The limits.
   *
   * @throws InvalidArgument for a swappiness below -1, which means "not set"
   */
  Limits limits() {
    long swappiness = memorySwappiness.orElse(MemoryLimits.UNSET);
    if (swappiness < MemoryLimits.UNSET) {
      throw new InvalidArgument(
          "Invalid value: " + swappiness + ", valid memory swappiness range is 0-100");
    }
    return new Limits(
        new MemoryLimits(
            memory, memorySwap, memoryReservation, swappiness, oomKillDisable.orElse(false)),
        new CpuLimits(
            nanoCpus,
            cpuPeriod,
            cpuQuota,
            cpuShares,
            cpuRealtimePeriod,
            cpuRealtimeRuntime,
            cpusetCpus,
            cpusetMems),
        new BlockIoLimits(
            blkioWeight,
            blkioWeightDevice.stream()
                .map(device -> new BlockIoLimits.DeviceValue(device.path(), device.weight()))
                .toList(),
            rates(blkioDeviceReadBps),
            rates(blkioDeviceWriteBps),
            rates(blkioDeviceReadIops),
            rates(blkioDeviceWriteIops)),
        pidsLimit.orElse(0L));
  }

  private static List<BlockIoLimits.DeviceValue> rates(List<ThrottleDevice> devices) {
    return devices.stream()
        .map(device -> new BlockIoLimits.DeviceValue(device.path(), device.rate()))
        .toList();
  }

  /** Shows them. */
  static LimitsDocument of(Limits limits) {
    MemoryLimits memory = limits.memory();
    CpuLimits cpu = limits.cpu();
    BlockIoLimits io = limits.blockIo();
    return new LimitsDocument(
        cpu.shares(),
        memory.limit(),
        cpu.nanoCpus(),
        io.weight(),
        io.deviceWeights().stream()
            .map(device -> new WeightDevice(device.path(), (int) device.value()))
            .toList(),
        throttles(io.readBps()),
        throttles(io.writeBps()),
        throttles(io.readIops()),
        throttles(io.writeIops()),
        cpu.period(),
        cpu.quota(),
        cpu.realtimePeriod(),
        cpu.realtimeRuntime(),
        cpu.cpus(),
        cpu.mems(),
        memory.reservation(),
        memory.effectiveSwap(),
        memory.swappiness() == MemoryLimits.UNSET
            ? Optional.empty()
            : Optional.of(memory.swappiness()),
        memory.oomKillDisable() ? Optional.of(true) : Optional.empty(),
        limits.pids() == 0 ? Optional.empty() : Optional.of(limits.pids()));
  }

  private static List<ThrottleDevice> throttles(List<BlockIoLimits.DeviceValue> values) {
    return values.stream().map(value -> new ThrottleDevice(value.path(), value.value())).toList();
  }
}
