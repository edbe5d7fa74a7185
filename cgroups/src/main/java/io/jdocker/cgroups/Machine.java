package io.jdocker.cgroups;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What limits are checked against.
 *
 * @param cpus how many CPUs are online
 * @param cpuList which ones
 * @param nodeList which memory nodes are online
 */
record Machine(int cpus, CpuList cpuList, CpuList nodeList) {
  private static final Path SYSTEM = Path.of("/sys/devices/system");

  /** This machine. */
  static Machine current() {
    CpuList cpus = CpuList.parse("cpus", online("cpu/online", "0"));
    return new Machine(
        cpus.numbers().cardinality(), cpus, CpuList.parse("mems", online("node/online", "0")));
  }

  /** A kernel without NUMA has no node folder: then there is the one node 0. */
  private static String online(String file, String otherwise) {
    Path path = SYSTEM.resolve(file);
    try {
      return Files.exists(path) ? Files.readString(path).strip() : otherwise;
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + path + ": " + e, e);
    }
  }
}
