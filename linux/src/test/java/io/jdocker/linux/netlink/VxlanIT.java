package io.jdocker.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.namespace.NamespaceThread;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.linux.netlink.VxlanCalls.Vxlan;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

/** VXLAN devices and what they are told, against the real kernel. */
class VxlanIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final NamespaceThread THREADS = new NamespaceThread(KERNEL);
  private static final String MAC = "02:42:0a:f4:01:00";

  /** In a namespace with eth0, 192.0.2.1/24. */
  private static void inNew(Consumer<Rtnetlink> test) {
    THREADS.inNew(
        () -> {
          try (Rtnetlink netlink = Rtnetlink.open(KERNEL);
              Fd other =
                  THREADS.inNew(
                      () ->
                          KERNEL.files().open("/proc/thread-self/ns/net", OpenFlags.O_RDONLY, 0))) {
            netlink.links().createVeth(new VethSpec("eth0", 0, 0, "far", "", other));
            netlink.addresses().add(index(netlink, "eth0"), address("192.0.2.1"), 24);
            test.accept(netlink);
          }
          return true;
        });
  }

  private static int index(Rtnetlink netlink, String name) {
    return netlink.links().find(name).orElseThrow().index();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static VxlanSpec spec(Rtnetlink netlink, String name, int vni, boolean proxy) {
    return new VxlanSpec(
        name, vni, index(netlink, "eth0"), address("192.0.2.1"), 8472, MAC, 1450, proxy);
  }

  @Test
  void aDeviceIsMadeFoundAndToldFromOthers() {
    inNew(
        netlink -> {
          assertEquals(Optional.empty(), netlink.vxlans().find("vx1"));
          assertEquals(Optional.empty(), netlink.vxlans().find("eth0"), "of another kind");
          netlink.vxlans().create(spec(netlink, "vx1", 7, true));
          Vxlan found = netlink.vxlans().find("vx1").orElseThrow();
          assertEquals(MAC, found.link().mac());
          assertEquals(1450, found.link().mtu());
          assertTrue(found.link().isUp());
          assertEquals(
              new Vxlan(
                  found.link(),
                  7,
                  index(netlink, "eth0"),
                  Optional.of(address("192.0.2.1")),
                  8472,
                  true),
              found);
          assertTrue(found.carries(spec(netlink, "vx1", 7, true)));
          assertFalse(found.carries(spec(netlink, "vx1", 7, false)));
          assertFalse(found.carries(spec(netlink, "vx1", 8, true)));
          SyscallException twice =
              assertThrows(
                  SyscallException.class,
                  () -> netlink.vxlans().create(spec(netlink, "vx2", 7, true)));
          assertTrue(twice.is(Errno.EEXIST), "one device a VNI and port");
        });
  }

  @Test
  void anotherHostIsReachedByEntryNeighbourAndRoute() {
    inNew(
        netlink -> {
          netlink.vxlans().create(spec(netlink, "vx1", 1, false));
          int device = index(netlink, "vx1");
          String mac = "02:42:0a:f4:02:00";
          InetAddress subnet = address("10.244.2.0");
          for (int again = 0; again < 2; again++) {
            netlink.forwarding().replace(device, mac, address("192.0.2.9"));
            netlink.forwarding().replace(device, mac, address("192.0.2.2"));
            netlink.neighbours().replace(device, subnet, mac);
            netlink.routes().replace(subnet, 24, subnet, device, true);
          }
          assertEquals(
              List.of(new ForwardingTable.Entry(device, mac, Optional.of(address("192.0.2.2")))),
              netlink.forwarding().list().stream().filter(e -> e.remote().isPresent()).toList());
          Route route = new Route(Optional.of(subnet), 24, Optional.of(subnet), device);
          assertTrue(netlink.routes().list().contains(route));
          assertTrue(netlink.routes().delete(subnet, 24, subnet, device));
          assertFalse(netlink.routes().delete(subnet, 24, subnet, device));
          assertTrue(netlink.forwarding().delete(device, mac, address("192.0.2.2")));
          assertFalse(netlink.forwarding().delete(device, mac, address("192.0.2.2")));
          SyscallException offLink =
              assertThrows(
                  SyscallException.class,
                  () -> netlink.routes().replace(subnet, 24, subnet, device, false));
          assertTrue(offLink.is(Errno.ENETUNREACH), "without onlink nothing says where it is");
        });
  }
}
