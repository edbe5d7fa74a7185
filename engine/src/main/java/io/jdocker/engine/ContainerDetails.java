package io.jdocker.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container at one moment.
 *
 * @param id 64 hexadecimal digits
 * @param image as it was asked for
 * @param imageId {@code sha256:...}
 * @param command the whole command line, entrypoint included
 * @param environment {@code NAME=value}, the image's included
 * @param error why its last start failed; empty where it did not
 * @param exitCode of the last run; 0 while there was none
 * @param oomKilled the kernel killed a process of the last run for want of memory
 * @param pid of its first process as the host sees it; 0 while none runs
 * @param ports what is published, while it runs
 * @param networks by name, while it runs
 */
public record ContainerDetails(
    String id,
    String name,
    String image,
    String imageId,
    List<String> command,
    List<String> environment,
    Map<String, String> labels,
    Status status,
    Health health,
    String error,
    int exitCode,
    boolean oomKilled,
    int pid,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> finished,
    List<PublishedPort> ports,
    Map<String, NetworkAddress> networks) {
  /** Where it is in its life. */
  public enum Status {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD
  }

  /** What probes have shown. */
  public enum Health {
    /** Nothing is probed, or it does not run. */
    NONE,
    STARTING,
    HEALTHY,
    UNHEALTHY
  }

  /**
   * Where a container is on a network.
   *
   * @param address IPv4; empty on the networks host and none
   * @param gateway IPv4; empty where there is none
   * @param mac {@code 02:42:ac:11:00:02}; empty where it has no link
   */
  public record NetworkAddress(String address, String gateway, String mac, List<String> aliases) {
    public NetworkAddress {
      aliases = List.copyOf(aliases);
    }
  }

  public ContainerDetails {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
    labels = Map.copyOf(labels);
    ports = List.copyOf(ports);
    networks = Map.copyOf(networks);
  }

  /** Whether processes of it run. */
  public boolean isRunning() {
    return status == Status.RUNNING;
  }
}
