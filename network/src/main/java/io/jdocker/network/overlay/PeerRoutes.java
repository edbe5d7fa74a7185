package io.jdocker.network.overlay;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.ForwardingTable;
import io.jdocker.linux.netlink.NeighbourCalls.Neighbour;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/**
 * What this host's kernel knows of the other hosts of a flannel network. For each: a neighbour
 * entry (the first address of its subnet has the MAC address of its device), a forwarding entry
 * (frames for that MAC address go to that host) and a route (its subnet is behind that address). Or
 * a route alone, where no tunnel is needed. Everything can be done again. One thread at a time.
 */
final class PeerRoutes {
  private static final int NUD_PERMANENT = 0x80;

  private final Rtnetlink host;
  private final Uplink uplink;
  private final FlannelBackend backend;
  private final Cidr cluster;

  /** Index of the VXLAN device; 0 without one. */
  private final int device;

  private final Map<Cidr, SubnetLease> peers = new HashMap<>();

  PeerRoutes(Rtnetlink host, Uplink uplink, FlannelBackend backend, Cidr cluster, int device) {
    this.host = host;
    this.uplink = uplink;
    this.backend = backend;
    this.cluster = cluster;
    this.device = device;
  }

  /** The hosts there are, by subnet. */
  synchronized Map<Cidr, SubnetLease> peers() {
    return Map.copyOf(peers);
  }

  /** These are all hosts: what the kernel knows of others goes, whoever has told it. */
  synchronized void replaceAll(Collection<SubnetLease> wanted) {
    Set<Cidr> subnets = wanted.stream().map(SubnetLease::subnet).collect(Collectors.toSet());
    Map.copyOf(peers).keySet().stream().filter(s -> !subnets.contains(s)).forEach(this::remove);
    sweep(wanted);
    wanted.forEach(this::put);
  }

  /** A host has come, or is another by now. */
  synchronized void put(SubnetLease peer) {
    SubnetLease before = peers.get(peer.subnet());
    if (before != null && !before.equals(peer)) {
      remove(peer.subnet());
    }
    InetAddress first = peer.subnet().first().toInetAddress();
    int prefix = peer.subnet().prefix();
    if (isDirect(peer)) {
      InetAddress gateway = peer.host().toInetAddress();
      host.routes().replace(first, prefix, gateway, uplink.link().index(), false);
    } else {
      String mac = peer.vtep().orElseThrow().mac().toString();
      host.neighbours().replace(device, first, mac);
      host.forwarding().replace(device, mac, peer.host().toInetAddress());
      host.routes().replace(first, prefix, first, device, true);
    }
    peers.put(peer.subnet(), peer);
  }

  private boolean isDirect(SubnetLease peer) {
    return backend.directRouting() && uplink.reachesDirectly(peer.host());
  }

  /** A host has gone. */
  synchronized void remove(Cidr subnet) {
    SubnetLease peer = peers.remove(subnet);
    if (peer == null) {
      return;
    }
    InetAddress first = subnet.first().toInetAddress();
    if (isDirect(peer)) {
      host.routes()
          .delete(first, subnet.prefix(), peer.host().toInetAddress(), uplink.link().index());
      return;
    }
    host.routes().delete(first, subnet.prefix(), first, device);
    String mac = peer.vtep().orElseThrow().mac().toString();
    host.forwarding().delete(device, mac, peer.host().toInetAddress());
    forget(first);
  }

  private void forget(InetAddress neighbour) {
    try {
      host.neighbours().delete(device, neighbour);
    } catch (SyscallException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  /** Removes what an engine before this one has set for hosts that are no more. */
  private void sweep(Collection<SubnetLease> wanted) {
    Set<SubnetLease> direct = wanted.stream().filter(this::isDirect).collect(Collectors.toSet());
    for (Route route : host.routes().list()) {
      Optional<Cidr> subnet = subnet(route);
      boolean ours = route.link() == device || route.link() == uplink.link().index();
      if (subnet.isPresent() && ours && !isWanted(route, subnet.get(), wanted, direct)) {
        host.routes()
            .delete(
                subnet.get().first().toInetAddress(),
                route.prefix(),
                route.gateway().orElseThrow(),
                route.link());
      }
    }
    if (device != 0) {
      sweepDevice(wanted.stream().filter(p -> !direct.contains(p)).toList());
    }
  }

  /** A routed subnet of the cluster: nobody but flannel's hosts routes there. */
  private Optional<Cidr> subnet(Route route) {
    return route
        .destination()
        .filter(Inet4Address.class::isInstance)
        .filter(d -> route.gateway().isPresent())
        .map(d -> new Cidr(Ipv4.of((Inet4Address) d), route.prefix()))
        .filter(cluster::contains);
  }

  private boolean isWanted(
      Route route, Cidr subnet, Collection<SubnetLease> wanted, Set<SubnetLease> direct) {
    return wanted.stream()
        .filter(p -> p.subnet().equals(subnet))
        .anyMatch(
            p ->
                direct.contains(p)
                    ? route.link() == uplink.link().index()
                    : route.link() == device);
  }

  private void sweepDevice(Collection<SubnetLease> tunnelled) {
    Map<String, InetAddress> macs = new HashMap<>();
    tunnelled.forEach(
        p -> macs.put(p.vtep().orElseThrow().mac().toString(), p.host().toInetAddress()));
    for (ForwardingTable.Entry entry : host.forwarding().list()) {
      if (entry.link() == device && entry.remote().isPresent()) {
        InetAddress remote = entry.remote().get();
        if (!remote.equals(macs.get(entry.mac()))) {
          host.forwarding().delete(device, entry.mac(), remote);
        }
      }
    }
    Set<InetAddress> known =
        tunnelled.stream().map(p -> p.subnet().first().toInetAddress()).collect(Collectors.toSet());
    for (Neighbour neighbour : host.neighbours().list()) {
      boolean permanent = (neighbour.state() & NUD_PERMANENT) != 0;
      if (neighbour.link() == device && permanent && !known.contains(neighbour.address())) {
        forget(neighbour.address());
      }
    }
  }
}
