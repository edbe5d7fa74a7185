package io.jdocker.cgroups;

import java.util.List;

/**
 * What block input and output a container may do.
 *
 * @param weight relative to other groups, 10 to 1000; 0: the usual
 * @param deviceWeights the same for single devices
 * @param readBps bytes a second
 * @param writeBps likewise
 * @param readIops operations a second
 * @param writeIops likewise
 */
public record BlockIoLimits(
    int weight,
    List<DeviceValue> deviceWeights,
    List<DeviceValue> readBps,
    List<DeviceValue> writeBps,
    List<DeviceValue> readIops,
    List<DeviceValue> writeIops) {
  /**
   * A value for one block device.
   *
   * @param path of its node on the host: {@code /dev/sda}
   * @param value a weight or a rate; a rate of 0 means none
   */
  public record DeviceValue(String path, long value) {}

  public BlockIoLimits {
    deviceWeights = List.copyOf(deviceWeights);
    readBps = List.copyOf(readBps);
    writeBps = List.copyOf(writeBps);
    readIops = List.copyOf(readIops);
    writeIops = List.copyOf(writeIops);
  }

  public static BlockIoLimits none() {
    return new BlockIoLimits(0, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** With what the change sets in place of what it was; Docker changes nothing but the weight. */
  BlockIoLimits updatedBy(BlockIoLimits change) {
    return new BlockIoLimits(
        change.weight == 0 ? weight : change.weight,
        deviceWeights,
        readBps,
        writeBps,
        readIops,
        writeIops);
  }
}
