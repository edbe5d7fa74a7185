package io.jdocker.network;

import java.net.InetAddress;
import java.util.Optional;

/** An address of either protocol. */
public sealed interface Ip permits Ipv4, Ipv6 {
  /** Reads an address of either kind; empty when the text is none. */
  static Optional<Ip> parse(String text) {
    return text.indexOf(':') < 0 ? Ipv4.parse(text).map(a -> a) : Ipv6.parse(text).map(a -> a);
  }

  Family family();

  InetAddress toInetAddress();

  boolean isLoopback();

  /** True for the address that stands for every address of the host. */
  boolean isAny();

  /** With the prefix length that stands for this one address alone, as in a firewall rule. */
  default String alone() {
    return this + "/" + family().bits();
  }
}
