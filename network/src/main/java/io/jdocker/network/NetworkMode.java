package io.jdocker.network;

import java.nio.file.Path;

/** What {@code --network} says about a container's network namespace. */
public sealed interface NetworkMode {
  /** An own namespace on the default bridge network. */
  record Bridge() implements NetworkMode {}

  /** The engine's own namespace; ports are not published. */
  record Host() implements NetworkMode {}

  /** An own namespace with nothing but lo. */
  record None() implements NetworkMode {}

  /** The namespace of another container, given by its full id. */
  record Container(String containerId) implements NetworkMode {}

  /** A namespace that somebody else made and keeps: {@code ns:/run/netns/blue}. */
  record NamespacePath(Path path) implements NetworkMode {}

  /** An own namespace on a user-defined network, given by name or id. */
  record UserNetwork(String name) implements NetworkMode {}

  /**
   * Reads the value of {@code --network}: empty and {@code default} mean the bridge.
   *
   * @return a {@link Container} with whatever name or id stood there; the caller resolves it
   */
  static NetworkMode parse(String text) {
    if (text.startsWith("container:")) {
      return new Container(text.substring("container:".length()));
    }
    if (text.startsWith("ns:")) {
      return new NamespacePath(Path.of(text.substring("ns:".length())));
    }
    return switch (text) {
      case "", "default", "bridge" -> new Bridge();
      case "host" -> new Host();
      case "none" -> new None();
      default -> new UserNetwork(text);
    };
  }

  /** The value as Docker's HostConfig.NetworkMode has it. */
  default String text() {
    if (this instanceof Container c) {
      return "container:" + c.containerId();
    }
    if (this instanceof NamespacePath n) {
      return "ns:" + n.path();
    }
    if (this instanceof UserNetwork u) {
      return u.name();
    }
    if (this instanceof Host) {
      return "host";
    }
    return this instanceof None ? "none" : "bridge";
  }
}
