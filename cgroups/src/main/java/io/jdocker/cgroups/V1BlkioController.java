package io.jdocker.cgroups;

import java.util.List;

/** Block devices on v1. See Documentation/admin-guide/cgroup-v1/blkio-controller.rst of Linux. */
final class V1BlkioController implements Controller {
  private static final String BFQ_WEIGHT = "blkio.bfq.weight";

  @Override
  public String name() {
    return "blkio";
  }

  @Override
  public void update(Limits limits, ControlDirectory directory) {
    if (limits.blkioWeight() > 0) {
      // CFQ and its blkio.weight went with Linux 5.0; BFQ has its own file.
      String file = directory.has(BFQ_WEIGHT) ? BFQ_WEIGHT : "blkio.weight";
      directory.write("weigh its block input and output", file, limits.blkioWeight());
    }
  }

  @Override
  public void measure(ControlDirectory directory, StatsBuilder stats) {
    add(directory, "blkio.throttle.io_service_bytes_recursive", stats.ioBytes);
    add(directory, "blkio.throttle.io_serviced_recursive", stats.ioCount);
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
