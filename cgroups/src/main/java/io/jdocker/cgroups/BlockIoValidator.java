package io.jdocker.cgroups;

import io.jdocker.cgroups.BlockIoLimits.DeviceValue;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The part of {@link LimitsValidator} that speaks of block devices. */
record BlockIoValidator(Set<Ability> abilities, DeviceNumbers devices) {
  private static final int MIN_WEIGHT = 10;
  private static final int MAX_WEIGHT = 1000;

  BlockIoLimits check(BlockIoLimits wanted, Consumer<String> warn) {
    checkWeight(wanted.weight(), "Range of blkio weight is from 10 to 1000");
    for (DeviceValue device : wanted.deviceWeights()) {
      checkWeight(
          device.value(), "invalid weight for device: " + device.path() + ":" + device.value());
    }
    Discard discard = new Discard(abilities, warn);
    boolean noWeight =
        discard.lacks(
            wanted.weight() > 0,
            Ability.BLOCK_WEIGHT,
            "Block I/O weight or the cgroup is not mounted. Weight discarded.");
    return new BlockIoLimits(
        noWeight ? 0 : wanted.weight(),
        possible(
            wanted.deviceWeights(),
            discard,
            Ability.BLOCK_DEVICE_WEIGHT,
            "Block I/O weight_device or the cgroup is not mounted. Weight-device discarded."),
        possible(
            wanted.readBps(), discard, Ability.BLOCK_READ_BPS, rate("BPS Block I/O read", "BPS")),
        possible(
            wanted.writeBps(),
            discard,
            Ability.BLOCK_WRITE_BPS,
            rate("BPS Block I/O write", "BPS")),
        possible(
            wanted.readIops(), discard, Ability.BLOCK_READ_IOPS, rate("IOPS Block read", "IOPS")),
        possible(
            wanted.writeIops(),
            discard,
            Ability.BLOCK_WRITE_IOPS,
            rate("IOPS Block write", "IOPS")));
  }

  private static void checkWeight(long weight, String otherwise) {
    if (weight != 0 && (weight < MIN_WEIGHT || weight > MAX_WEIGHT)) {
      throw new InvalidArgument(otherwise);
    }
  }

  private static String rate(String what, String unit) {
    String direction = what.substring(what.lastIndexOf(' ') + 1);
    return what
        + " limit or the cgroup is not mounted. Block I/O "
        + unit
        + " "
        + direction
        + " limit discarded.";
  }

  /** The values where the kernel can; each device must be there. */
  private List<DeviceValue> possible(
      List<DeviceValue> wanted, Discard discard, Ability needed, String otherwise) {
    if (discard.lacks(!wanted.isEmpty(), needed, otherwise)) {
      return List.of();
    }
    wanted.forEach(device -> devices.of(device.path()));
    return wanted;
  }
}
