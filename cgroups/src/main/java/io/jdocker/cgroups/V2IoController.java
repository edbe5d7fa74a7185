package io.jdocker.cgroups;

import io.jdocker.cgroups.BlockIoLimits.DeviceValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Block devices on v2. See Documentation/admin-guide/cgroup-v2.rst of Linux. */
final class V2IoController implements Controller {
  private static final String BFQ_WEIGHT = "io.bfq.weight";
  private static final String WEIGHT = "io.weight";
  private static final String RATES = "io.max";

  private final DeviceNumbers devices;

  V2IoController(DeviceNumbers devices) {
    this.devices = devices;
  }

  @Override
  public Set<Ability> abilities(ControlDirectory top) {
    Set<Ability> found =
        EnumSet.of(
            Ability.BLOCK_READ_BPS,
            Ability.BLOCK_WRITE_BPS,
            Ability.BLOCK_READ_IOPS,
            Ability.BLOCK_WRITE_IOPS);
    if (hasWeights(top)) {
      found.add(Ability.BLOCK_WEIGHT);
      found.add(Ability.BLOCK_DEVICE_WEIGHT);
    }
    return found;
  }

  /**
   * Weights need BFQ or CONFIG_BLK_CGROUP_IOCOST. The top folder has no files of either kernel, so
   * that a group below it is looked at; where none has the controller yet, they are believed.
   */
  private static boolean hasWeights(ControlDirectory top) {
    return top.files().children(top.path()).stream()
        .map(top::child)
        .filter(group -> group.has(RATES))
        .findFirst()
        .map(group -> group.has(BFQ_WEIGHT) || group.has(WEIGHT))
        .orElse(true);
  }

  @Override
  public String name() {
    return "io";
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    BlockIoLimits io = limits.blockIo();
    boolean bfq = directory.has(BFQ_WEIGHT);
    String file = bfq ? BFQ_WEIGHT : WEIGHT;
    if (io.weight() > 0) {
      long weight = bfq ? io.weight() : weight(io.weight());
      directory.write("weigh its block input and output", file, weight);
    }
    for (DeviceValue device : io.deviceWeights()) {
      long weight = bfq ? device.value() : weight(device.value());
      directory.write("weigh its use of a device", file, devices.of(device.path()) + " " + weight);
    }
    each(directory, "limit reading from a device", "rbps", io.readBps());
    each(directory, "limit writing to a device", "wbps", io.writeBps());
    each(directory, "limit reads from a device", "riops", io.readIops());
    each(directory, "limit writes to a device", "wiops", io.writeIops());
  }

  private void each(
      ControlDirectory directory, String purpose, String key, List<DeviceValue> values) {
    for (DeviceValue value : values) {
      directory.write(purpose, RATES, devices.of(value.path()) + " " + key + "=" + value.value());
    }
  }

  /** 10 to 1000 of v1 spread over 1 to 10000 of v2, as runc does. */
  static long weight(long blkio) {
    return 1 + (blkio - 10) * 9999 / 990;
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    directory.read("io.stat").lines().forEach(line -> addDevice(line, stats));
  }

  /**
   * A line of {@code 254:0 rbytes=4096 wbytes=0 rios=1 wios=0 dbytes=0 dios=0}. Linux up to 6.x may
   * print the numbers of idle devices without a line end in front of the next one's.
   */
  private static void addDevice(String line, StatsBuilder stats) {
    String device = "";
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        device = word;
      } else {
        add(device, word.substring(0, equals), word.substring(equals + 1), stats);
      }
    }
  }

  private static void add(String device, String key, String value, StatsBuilder stats) {
    switch (key) {
      case "rbytes" -> add(device, "read", value, stats.ioBytes);
      case "wbytes" -> add(device, "write", value, stats.ioBytes);
      case "rios" -> add(device, "read", value, stats.ioCount);
      case "wios" -> add(device, "write", value, stats.ioCount);
      default -> {
        // Discards and counters of newer kernels have no place in Docker's document.
      }
    }
  }

  private static void add(
      String device, String operation, String value, List<CgroupStats.Io> into) {
    String[] numbers = device.split(":", -1);
    if (numbers.length == 2) {
      into.add(
          new CgroupStats.Io(
              Integer.parseInt(numbers[0]),
              Integer.parseInt(numbers[1]),
              operation,
              Long.parseLong(value)));
    }
  }
}
