package io.jdocker.cgroups;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Block devices on v1. See Documentation/admin-guide/cgroup-v1/blkio-controller.rst of Linux. */
final class V1BlkioController implements Controller {
  // CFQ and its blkio.weight went with Linux 5.0; BFQ has its own files, none in the top folder.
  private static final String WEIGHT = "blkio.weight";
  private static final String BFQ_WEIGHT = "blkio.bfq.weight";
  private static final String BFQ_STATISTICS = "blkio.bfq.io_serviced";
  private static final String THROTTLE = "blkio.throttle.";

  private final DeviceNumbers devices;

  V1BlkioController(DeviceNumbers devices) {
    this.devices = devices;
  }

  @Override
  public String name() {
    return "blkio";
  }

  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    Set<Ability> found = EnumSet.noneOf(Ability.class);
    if (top.has(WEIGHT) || top.has(BFQ_STATISTICS)) {
      found.add(Ability.BLOCK_WEIGHT);
      found.add(Ability.BLOCK_DEVICE_WEIGHT);
    }
    top.addIfHas(THROTTLE + "read_bps_device", Ability.BLOCK_READ_BPS, found);
    top.addIfHas(THROTTLE + "write_bps_device", Ability.BLOCK_WRITE_BPS, found);
    top.addIfHas(THROTTLE + "read_iops_device", Ability.BLOCK_READ_IOPS, found);
    top.addIfHas(THROTTLE + "write_iops_device", Ability.BLOCK_WRITE_IOPS, found);
    return found;
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    BlockIoLimits io = limits.blockIo();
    String weight = directory.has(BFQ_WEIGHT) ? BFQ_WEIGHT : WEIGHT;
    if (io.weight() > 0) {
      directory.write("weigh its block input and output", weight, io.weight());
    }
    each(directory, "weigh its use of a device", weight + "_device", io.deviceWeights());
    each(directory, "limit reading from a device", THROTTLE + "read_bps_device", io.readBps());
    each(directory, "limit writing to a device", THROTTLE + "write_bps_device", io.writeBps());
    each(directory, "limit reads from a device", THROTTLE + "read_iops_device", io.readIops());
    each(directory, "limit writes to a device", THROTTLE + "write_iops_device", io.writeIops());
  }

  private void each(
      ControlDirectory directory,
      String purpose,
      String file,
      List<BlockIoLimits.DeviceValue> values) {
    for (BlockIoLimits.DeviceValue value : values) {
      directory.write(purpose, file, devices.of(value.path()) + " " + value.value());
    }
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    add(directory, THROTTLE + "io_service_bytes_recursive", stats.ioBytes);
    add(directory, THROTTLE + "io_serviced_recursive", stats.ioCount);
  }

  /** Lines of {@code 254:0 Read 4096}, and a sum without device that is passed over. */
  private static void add(ControlDirectory directory, String name, List<CgroupStats.Io> into) {
    directory
        .read(name)
        .lines()
        .map(line -> line.split("[: ]", -1))
        .filter(words -> words.length == 4)
        .forEach(
            words ->
                into.add(
                    new CgroupStats.Io(
                        Integer.parseInt(words[0]),
                        Integer.parseInt(words[1]),
                        words[2],
                        Long.parseLong(words[3]))));
  }
}
