package io.jdocker.runtime.container;

import io.jdocker.cgroups.CgroupStats;
import java.util.Map;

/**
 * What a container uses at one moment.
 *
 * @param interfaces counters by the name the container knows the interface by; its loopback is left
 *     out, and all of them where it has no network namespace of its own
 */
public record Measurement(CgroupStats group, Map<String, InterfaceCounters> interfaces) {
  /** What has gone through a network interface since it was made. */
  public record InterfaceCounters(
      long receivedBytes,
      long receivedPackets,
      long receiveErrors,
      long receiveDrops,
      long sentBytes,
      long sentPackets,
      long sendErrors,
      long sendDrops) {}

  public Measurement {
    interfaces = Map.copyOf(interfaces);
  }
}
