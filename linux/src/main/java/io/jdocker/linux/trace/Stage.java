package io.jdocker.linux.trace;

/** The part of a container's start or stop that an effect belongs to, in the order they happen. */
public enum Stage {
  /** Layers and the overlay's folders. */
  ROOTFS,
  /** The control group and its limits. */
  CGROUP,
  /** The network namespace, links, addresses and routes. */
  NETWORK,
  /** Published ports: firewall rules and relays. */
  PORTS,
  /** hosts, hostname and resolv.conf. */
  NAMES,
  /** The clone and every call of the launch program, made by the child. */
  LAUNCH,
  /** What is undone when the container ends. */
  TEARDOWN
}
