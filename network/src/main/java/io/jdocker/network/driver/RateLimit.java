package io.jdocker.network.driver;

import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Endpoint;
import io.jdocker.network.namespace.OpenNamespace;

/**
 * Limits how fast a container's veth pair sends, by a token bucket at each end: what the host's end
 * sends is what the container receives. The container's own end is its own; only one with
 * CAP_NET_ADMIN, which is not given unasked, could take the limit off. The bucket on an ifb link
 * that would keep it on the host costs a link, a filter and a second queue for each container.
 */
final class RateLimit {
  private static final int LEAST_BURST = 16 * 1024;
  private static final int MOST_BURST = 16 * 1024 * 1024;
  private static final int BURSTS_A_SECOND = 20;

  private RateLimit() {}

  static void apply(
      Rtnetlink host, Endpoint endpoint, OpenNamespace namespace, String name, Trace trace) {
    String command = "tc qdisc replace dev " + endpoint.hostLink();
    limit(host, endpoint.hostLink(), endpoint.bandwidth().in(), command, trace);
    String inside = "tc -n " + name + " qdisc replace dev " + endpoint.link();
    limit(namespace.netlink(), endpoint.link(), endpoint.bandwidth().out(), inside, trace);
  }

  private static void limit(
      Rtnetlink netlink, String link, long bits, String command, Trace trace) {
    if (bits == 0) {
      return;
    }
    long start = System.nanoTime();
    long rate = bits / Byte.SIZE;
    int burst = (int) Math.max(LEAST_BURST, Math.min(MOST_BURST, rate / BURSTS_A_SECOND));
    netlink
        .traffic()
        .limit(netlink.links().find(link).orElseThrow().index(), rate, burst, 2 * burst);
    trace.record(
        Stage.NETWORK,
        "limit what " + link + " sends",
        () -> "RTM_NEWQDISC " + link + " kind=tbf rate=" + rate + " bytes/s",
        "0",
        start,
        () -> command + " root tbf rate " + bits + "bit burst " + burst + " limit " + 2 * burst);
  }
}
