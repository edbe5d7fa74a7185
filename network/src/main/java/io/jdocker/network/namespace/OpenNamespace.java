package io.jdocker.network.namespace;

import io.jdocker.linux.Fd;
import io.jdocker.linux.netlink.Rtnetlink;

/**
 * A network namespace held open, with a netlink socket inside it. Both keep the namespace alive
 * until close.
 */
public record OpenNamespace(Fd fd, Rtnetlink netlink) implements AutoCloseable {
  @Override
  public void close() {
    netlink.close();
    fd.close();
  }
}
