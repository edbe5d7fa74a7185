package io.jdocker.network.namespace;

import io.jdocker.linux.Fd;
import io.jdocker.linux.netlink.Rtnetlink;

/**
 * A network namespace held open, with a netlink socket inside it. Both keep the namespace alive
 * until close.
 *
 * @param named true where the rules for the name server stand in it already
 */
public record OpenNamespace(Fd fd, Rtnetlink netlink, boolean named) implements AutoCloseable {
  /** The same with the rules for the name server. */
  OpenNamespace withNames() {
    return new OpenNamespace(fd, netlink, true);
  }

  @Override
  public void close() {
    netlink.close();
    fd.close();
  }
}
