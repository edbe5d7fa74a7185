package io.jdocker.network;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.netlink.VethSpec;
import io.jdocker.network.etcd.FakeEtcd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A LAN for several hosts: a network namespace with a bridge, 192.168.77.1/24, and an etcd in it.
 * The namespaces are held by descriptors alone, so nothing is left when a test dies.
 */
final class Lan implements AutoCloseable {
  private static final String GATEWAY = "192.168.77.1";
  private static final int LOOPBACK = 1;

  private final Kernel kernel;
  private final NamespaceThread threads;
  private final List<LanHost> hosts = new ArrayList<>();
  private final List<Fd> open = new ArrayList<>();
  private final Fd middle;
  private final FakeEtcd etcd;

  Lan(Kernel kernel) {
    this.kernel = kernel;
    this.threads = new NamespaceThread(kernel);
    this.middle = newNamespace();
    in(
        middle,
        () -> {
          try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
            netlink.links().createBridge("br0", "02:00:00:00:00:01", 1500);
            address(netlink, "br0", GATEWAY, 24);
          }
          return true;
        });
    etcd = in(middle, () -> FakeEtcd.start(GATEWAY, 2379));
  }

  Kernel kernel() {
    return kernel;
  }

  FakeEtcd etcd() {
    return etcd;
  }

  /** etcd comes back, as a member that was started again. */
  void restartEtcd() {
    in(
        middle,
        () -> {
          etcd.restart();
          return true;
        });
  }

  Fd newNamespace() {
    Fd fd =
        threads.inNew(
            () -> {
              try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
                netlink.links().setUp(LOOPBACK);
              }
              return kernel.files().open("/proc/thread-self/ns/net", OpenFlags.O_RDONLY, 0);
            });
    open.add(fd);
    return fd;
  }

  /** Joins a namespace to the LAN by its eth0, as 192.168.77.NUMBER. */
  void plug(Fd namespace, int number) {
    in(
        middle,
        () -> {
          try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
            int bridge = netlink.links().find("br0").orElseThrow().index();
            netlink
                .links()
                .createVeth(new VethSpec("port" + number, bridge, 1500, "eth0", "", namespace));
          }
          return true;
        });
    in(
        namespace,
        () -> {
          try (Rtnetlink netlink = Rtnetlink.open(kernel)) {
            int link = address(netlink, "eth0", "192.168.77." + number, 24);
            netlink.routes().addDefault(Ipv4.of(GATEWAY).toInetAddress(), link);
          }
          return true;
        });
  }

  private static int address(Rtnetlink netlink, String name, String address, int prefix) {
    int link = netlink.links().find(name).orElseThrow().index();
    netlink.links().setUp(link);
    netlink.addresses().add(link, Ipv4.of(address).toInetAddress(), prefix);
    return link;
  }

  /** Runs work in the namespace between the hosts, as 192.168.77.1. */
  <T> T between(Supplier<T> work) {
    return in(middle, work);
  }

  /** Keeps a host for the end. */
  void add(LanHost host) {
    hosts.add(host);
  }

  <T> T in(Fd namespace, Supplier<T> work) {
    return threads.within(namespace, work);
  }

  @Override
  public void close() {
    hosts.forEach(LanHost::empty); // a shared network goes when no host has containers on it
    hosts.forEach(LanHost::close);
    etcd.close();
    open.forEach(Fd::close);
  }
}
