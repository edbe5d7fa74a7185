package io.jdocker.network.driver;

import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.StackedLinkCalls.StackedLink;
import java.util.Map;
import java.util.Set;

/** A way to put links of containers upon a link of the host. Stateless. */
interface Stacking {
  /** The kind of link, which is the driver's name. */
  String kind();

  /** Options that it has beside those of every stacked network. */
  Set<String> options();

  /** Refuses wrong values of them. */
  void check(Map<String, String> options);

  boolean ownMac();

  /** True where the container sends everything out of its link, without a gateway. */
  boolean withoutGateway(Map<String, String> options);

  /** Makes the link of a container. */
  void create(Rtnetlink host, StackedLink link, Map<String, String> options);

  /** How ip-link(8) is told the kind and mode. */
  String describe(Map<String, String> options);
}
