package io.jdocker.network.ports;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.Conntrack;
import io.jdocker.linux.netlink.Conntrack.Flow;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the kernel forget UDP connections to published ports whose rules have changed. A client
 * that keeps sending keeps its entry alive, and an entry remembers the translation of its first
 * packet: such a client would talk to a container that is gone, or would never meet a port that was
 * published after it began. TCP has no such trouble, as a new connection is a new entry.
 * Thread-safe.
 */
public final class StaleFlows {
  private static final int IPPROTO_UDP = 17;

  private final Kernel kernel;
  private final Rtnetlink host;

  public StaleFlows(Kernel kernel, Rtnetlink host) {
    this.kernel = kernel;
    this.host = host;
  }

  /** Forgets what was sent to the UDP ports among these. */
  public void forget(List<PortBinding> bindings) {
    List<PortBinding> published =
        bindings.stream()
            .filter(b -> !b.isIpv6() && !b.isRouted() && b.container().protocol() == Protocol.UDP)
            .toList();
    if (published.isEmpty()) {
      return;
    }
    Set<InetAddress> own =
        host.addresses().list().stream().map(LinkAddress::address).collect(Collectors.toSet());
    try (Conntrack conntrack = Conntrack.open(kernel)) {
      conntrack.list().stream()
          .filter(flow -> published.stream().anyMatch(b -> isTo(flow, b, own)))
          .forEach(conntrack::delete);
    }
  }

  /** What goes to the same port of another machine passes through and is none of ours. */
  static boolean isTo(Flow flow, PortBinding binding, Set<InetAddress> own) {
    if (flow.protocol() != IPPROTO_UDP || flow.destinationPort() != binding.hostPort()) {
      return false;
    }
    return binding.hostAddress().equals("0.0.0.0")
        ? own.contains(flow.destination()) || flow.destination().isLoopbackAddress()
        : flow.destination().getHostAddress().equals(binding.hostAddress());
  }
}
