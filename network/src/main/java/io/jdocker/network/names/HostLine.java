package io.jdocker.network.names;

import java.util.List;

/** A line of /etc/hosts: an address and the names it goes by. */
public record HostLine(String address, List<String> names) {
  public HostLine {
    names = names.stream().distinct().toList();
  }

  @Override
  public String toString() {
    return address + "\t" + String.join(" ", names);
  }
}
