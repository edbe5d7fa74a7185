package io.jdocker.network.firewall;

import java.util.Locale;

/** A table of iptables(8), in the order in which a transaction names them. */
public enum Table {
  RAW,
  NAT,
  FILTER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
