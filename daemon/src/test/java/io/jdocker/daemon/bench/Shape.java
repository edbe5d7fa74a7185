package io.jdocker.daemon.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What kind of container is made, as the body of POST /containers/create. */
enum Shape {
  NONE("--net=none", "none", 0),
  BRIDGE_ONE_PORT("bridge, 1 port", "bridge", 1),
  BRIDGE_TWENTY_PORTS("bridge, 20 ports", "bridge", 20);

  static final String IMAGE = "bench";
  private static final int FIRST_CONTAINER_PORT = 80;

  private final String title;
  private final String network;
  private final int ports;

  Shape(String title, String network, int ports) {
    this.title = title;
    this.network = network;
    this.ports = ports;
  }

  String title() {
    return title;
  }

  /**
   * The request.
   *
   * @param command as JSON: {@code ["true"]}
   * @param hostPort the first port of the host to publish on
   */
  String request(String command, int hostPort) {
    return request(command, hostPort, "");
  }

  /**
   * The request, with more keys of the container's configuration.
   *
   * @param more as JSON, with a comma at its end where it is not empty
   */
  String request(String command, int hostPort, String more) {
    String bindings =
        IntStream.range(0, ports)
            .mapToObj(i -> port(i) + ":[{\"HostPort\":\"" + (hostPort + i) + "\"}]")
            .collect(Collectors.joining(","));
    String exposed =
        IntStream.range(0, ports).mapToObj(i -> port(i) + ":{}").collect(Collectors.joining(","));
    return "{"
        + more
        + "\"Image\":\""
        + IMAGE
        + "\",\"Cmd\":"
        + command
        + ",\"ExposedPorts\":{"
        + exposed
        + "},\"HostConfig\":{\"NetworkMode\":\""
        + network
        + "\",\"PortBindings\":{"
        + bindings
        + "}}}";
  }

  private static String port(int offset) {
    return "\"" + (FIRST_CONTAINER_PORT + offset) + "/tcp\"";
  }
}
