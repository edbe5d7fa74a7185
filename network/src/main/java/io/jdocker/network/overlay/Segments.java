package io.jdocker.network.overlay;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.ForwardingTable;
import io.jdocker.linux.netlink.NeighbourCalls.Neighbour;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.VxlanSpec;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Network;
import io.jdocker.network.driver.BridgeOptions;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/**
 * The VXLAN devices of shared networks, each a port of the network's bridge. For each container of
 * another host a forwarding entry says on which one it is, and a neighbour entry its MAC address:
 * the device answers ARP requests itself, so that none is sent to all hosts, and each host's
 * gateway, which has one address everywhere, is asked by its own containers alone. Thread-safe.
 */
final class Segments {
  private static final int NUD_PERMANENT = 0x80;

  private final ClusterKernel kernel;

  /** Index of the device of each network that is set up here. */
  private final Map<String, Integer> devices = new HashMap<>();

  Segments(ClusterKernel kernel) {
    this.kernel = kernel;
  }

  /** The device's name. */
  static String device(Network network) {
    return "vx-" + network.id().substring(0, 12);
  }

  /**
   * Makes the device and lets it know the containers of other hosts.
   *
   * @param others is asked once whoever comes later is put here as well
   */
  synchronized void ensure(Network network, Uplink uplink, Supplier<List<SharedEndpoint>> others) {
    if (devices.containsKey(network.id())) {
      return;
    }
    VxlanSpec spec =
        new VxlanSpec(
            device(network),
            OverlayOptions.vni(network.options()).orElseThrow(),
            uplink.link().index(),
            uplink.host().toInetAddress(),
            FlannelBackend.KERNEL_PORT,
            "",
            BridgeOptions.of(network).mtu(),
            true);
    int device = kernel.ensure(spec);
    int bridge = kernel.host().links().find(network.bridge()).orElseThrow().index();
    kernel.host().links().setMaster(device, bridge);
    devices.put(network.id(), device);
    others.get().forEach(this::put);
  }

  /** Removes the device, with all that it knows. */
  synchronized void remove(Network network) {
    devices.remove(network.id());
    kernel.delete(device(network));
  }

  /** A container of another host has come. */
  synchronized void put(SharedEndpoint other) {
    Integer device = devices.get(other.networkId());
    if (device != null && other.mac().isPresent()) {
      String mac = other.mac().get().toString();
      kernel.host().forwarding().replace(device, mac, other.host().toInetAddress());
      kernel.host().neighbours().replace(device, other.address().toInetAddress(), mac);
    }
  }

  /** A container of another host has gone. */
  synchronized void remove(SharedEndpoint other) {
    Integer device = devices.get(other.networkId());
    if (device != null && other.mac().isPresent()) {
      String mac = other.mac().get().toString();
      kernel.host().forwarding().delete(device, mac, other.host().toInetAddress());
      forget(device, other.address().toInetAddress());
    }
  }

  private void forget(int device, InetAddress neighbour) {
    try {
      kernel.host().neighbours().delete(device, neighbour);
    } catch (SyscallException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  /** These are all: what devices know of others, as an engine before this one told it, goes. */
  synchronized void replaceAll(Collection<SharedEndpoint> others) {
    Rtnetlink host = kernel.host();
    for (Map.Entry<String, Integer> entry : devices.entrySet()) {
      int device = entry.getValue();
      List<SharedEndpoint> here =
          others.stream()
              .filter(o -> o.networkId().equals(entry.getKey()) && o.mac().isPresent())
              .toList();
      Map<String, InetAddress> macs =
          here.stream()
              .collect(
                  Collectors.toMap(
                      o -> o.mac().map(MacAddress::toString).orElseThrow(),
                      o -> o.host().toInetAddress(),
                      (first, second) -> second));
      for (ForwardingTable.Entry known : host.forwarding().list()) {
        Optional<InetAddress> remote = known.remote().filter(r -> known.link() == device);
        if (remote.isPresent() && !remote.get().equals(macs.get(known.mac()))) {
          host.forwarding().delete(device, known.mac(), remote.get());
        }
      }
      for (Neighbour known : host.neighbours().list()) {
        boolean ours = known.link() == device && (known.state() & NUD_PERMANENT) != 0;
        if (ours && here.stream().noneMatch(o -> is(o.address(), known))) {
          forget(device, known.address());
        }
      }
      here.forEach(this::put);
    }
  }

  private static boolean is(Ipv4 address, Neighbour known) {
    return address.toInetAddress().equals(known.address());
  }
}
