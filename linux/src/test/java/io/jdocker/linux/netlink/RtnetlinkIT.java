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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

/** rtnetlink against the real kernel, each test in a network namespace of its own. */
class RtnetlinkIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final NamespaceThread THREADS = new NamespaceThread(KERNEL);

  private static void inNew(Consumer<Rtnetlink> test) {
    THREADS.inNew(
        () -> {
          try (Rtnetlink netlink = Rtnetlink.open(KERNEL)) {
            test.accept(netlink);
          }
          return true;
        });
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Fd newNamespace() {
    return THREADS.inNew(
        () -> KERNEL.files().open("/proc/thread-self/ns/net", OpenFlags.O_RDONLY, 0));
  }

  @Test
  void aBridgeIsMadeChangedAndDeleted() {
    inNew(
        netlink -> {
          LinkCalls links = netlink.links();
          links.createBridge("br0", "02:42:0a:00:00:01", 1400);
          LinkInfo bridge = links.find("br0").orElseThrow();
          assertEquals("bridge", bridge.kind());
          assertEquals("02:42:0a:00:00:01", bridge.mac());
          assertEquals(1400, bridge.mtu());
          assertTrue(bridge.isUp());
          links.setMtu(bridge.index(), 1300);
          links.setAddress(bridge.index(), "02:42:0a:00:00:02");
          links.setDown(bridge.index());
          links.rename(bridge.index(), "br1");
          LinkInfo changed = links.find("br1").orElseThrow();
          assertEquals(
              new LinkInfo(
                  bridge.index(),
                  "br1",
                  changed.flags(),
                  1300,
                  "02:42:0a:00:00:02",
                  0,
                  "bridge",
                  changed.operState(),
                  0),
              changed);
          assertFalse(changed.isUp());
          assertEquals(List.of("lo", "br1"), links.list().stream().map(LinkInfo::name).toList());
          assertTrue(links.delete("br1"));
          assertFalse(links.delete("br1"));
        });
  }

  @Test
  void aVethPairReachesIntoAnotherNamespace() {
    inNew(
        netlink -> {
          netlink.links().createBridge("br0", "02:42:0a:00:00:01", 0);
          int bridge = netlink.links().find("br0").orElseThrow().index();
          try (Fd other = newNamespace();
              Rtnetlink inside = THREADS.within(other, () -> Rtnetlink.open(KERNEL))) {
            netlink
                .links()
                .createVeth(
                    new VethSpec("veth1", bridge, 1400, "eth0", "02:42:0a:00:00:02", other));
            LinkInfo port = netlink.links().find("veth1").orElseThrow();
            LinkInfo eth0 = inside.links().find("eth0").orElseThrow();
            assertEquals(bridge, port.master());
            assertEquals("02:42:0a:00:00:02", eth0.mac());
            assertEquals(1400, eth0.mtu());
            assertEquals(port.index(), eth0.peer());
            netlink.links().setHairpin(port.index(), true);
            inside.links().setUp(eth0.index());
            inside.addresses().add(eth0.index(), address("10.0.0.2"), 24);
            inside.routes().addDefault(address("10.0.0.1"), eth0.index());
            assertEquals(
                address("10.0.0.1"),
                inside.routes().list().stream()
                    .filter(r -> r.prefix() == 0)
                    .findFirst()
                    .orElseThrow()
                    .gateway()
                    .orElseThrow());
            inside.neighbours().replace(eth0.index(), address("10.0.0.9"), "02:42:0a:00:00:09");
            assertEquals("02:42:0a:00:00:09", inside.neighbours().list().get(0).mac());
            inside.neighbours().delete(eth0.index(), address("10.0.0.9"));
            assertEquals(List.of(), inside.neighbours().list());
            inside.routes().deleteDefault(address("10.0.0.1"), eth0.index());
            inside.addresses().delete(eth0.index(), address("10.0.0.2"), 24);
            assertEquals(List.of(), inside.routes().list());
          }
        });
  }

  @Test
  void refusalsCarryTheKernelsExplanation() {
    inNew(
        netlink -> {
          netlink.links().createBridge("br0", "02:42:0a:00:00:01", 0);
          SyscallException twice =
              assertThrows(
                  SyscallException.class,
                  () -> netlink.links().createBridge("br0", "02:42:0a:00:00:01", 0));
          assertTrue(twice.is(Errno.EEXIST));
          int index = netlink.links().find("br0").orElseThrow().index();
          SyscallException route =
              assertThrows(
                  SyscallException.class,
                  () -> netlink.routes().addDefault(address("10.9.9.9"), index));
          assertTrue(route.getMessage().contains("Nexthop has invalid gateway"), route.toString());
          assertThrows(
              IllegalArgumentException.class,
              () -> netlink.links().find("a-name-too-long-for-a-link"));
        });
  }

  @Test
  void theReaperReturnsOnceALinkIsGone() {
    inNew(
        netlink -> {
          try (LinkReaper reaper = new LinkReaper(KERNEL);
              Fd other = newNamespace()) {
            for (int i = 0; i < 20; i++) {
              netlink.links().createVeth(new VethSpec("v" + i, 0, 0, "p" + i, "", other));
            }
            for (int i = 0; i < 20; i++) {
              assertTrue(reaper.delete("v" + i));
              assertTrue(netlink.links().find("v" + i).isEmpty());
            }
            assertFalse(reaper.delete("v0"));
          }
        });
  }

  @Test
  void longListsComeInSeveralDatagrams() {
    inNew(
        netlink -> {
          for (int i = 0; i < 200; i++) {
            netlink.links().createBridge("b" + i, "02:42:0a:00:01:01", 0);
          }
          assertEquals(201, netlink.links().list().size());
        });
  }
}
