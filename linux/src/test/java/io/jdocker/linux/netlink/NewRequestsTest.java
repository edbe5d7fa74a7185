package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.Payloads.attribute;
import static io.jdocker.linux.netlink.Payloads.joined;
import static io.jdocker.linux.netlink.ScriptedNetlink.done;
import static io.jdocker.linux.netlink.ScriptedNetlink.error;
import static io.jdocker.linux.netlink.ScriptedNetlink.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.ScriptedNetlink.Scripted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests for queues, tunnels, and forwarding entries, byte for byte as tcpdump of nlmon shows
 * those of iproute2, and answers in order and cut short.
 */
final class NewRequestsTest {
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_NEWNEIGH = 28;
  private static final String ACK_WANTED = "0500";

  private final Scripted scripted = Scripted.create();
  private final ScriptedNetlink script = scripted.script();
  private final Rtnetlink netlink = Rtnetlink.open(scripted.kernel());

  @AfterEach
  void close() {
    netlink.close();
  }

  private static InetAddress ip(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The last request behind its length. */
  private String sent() {
    byte[] last = script.requests().get(script.requests().size() - 1);
    assertEquals(
        last.length, ByteBuffer.wrap(last).order(ByteOrder.nativeOrder()).getInt(0), "length");
    return HexFormat.of().formatHex(last, 4, last.length);
  }

  private static String number(long value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder());
    return HexFormat.of().formatHex(bytes.putInt((int) value).array());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1250000, 1250000", "4294967295, 4294967295"})
  void aRateOfThirtyTwoBitsIsInTheParametersAlone(long rate, long written) {
    script.answer(error(1, 0));
    netlink.traffic().limit(7, rate, 65536, 131072);
    assertEquals(
        "2400" // RTM_NEWQDISC
            + "0505" // REQUEST and ACK, CREATE and REPLACE
            + "01000000"
            + "00000000"
            + "00000000" // family and padding
            + "07000000"
            + "00000000"
            + "ffffffff" // TC_H_ROOT
            + "00000000"
            + "08000100"
            + "74626600" // tbf
            + "34000280"
            + "28000100"
            + "0001000000000000"
            + number(written)
            + "00000000".repeat(3)
            + number(131072)
            + "00000000".repeat(2)
            + "08000600"
            + number(65536),
        sent());
  }

  @Test
  void aRateOfMoreIsInSixtyFourBitsBehindIt() {
    script.answer(error(1, 0));
    netlink.traffic().limit(7, 12_500_000_000L, 65536, 131072);
    String sent = sent();
    assertTrue(sent.contains("0001000000000000" + "ffffffff"), sent);
    assertTrue(sent.endsWith("0c000400" + "00dd0ee902000000"), sent);
  }

  @Test
  void aLimitThatIsRefusedIsNamedAsItWouldBeTyped() {
    script.answer(error(1, Errno.ENODEV.intValue()));
    SyscallException e =
        assertThrows(SyscallException.class, () -> netlink.traffic().limit(7, 1000, 2000, 3000));
    assertEquals(
        "tc qdisc replace dev 7 root tbf rate 1000bps burst 2000 limit 3000:"
            + " ENODEV (No such device)",
        e.getMessage());
  }

  private static VxlanSpec vxlan(String mac, int mtu, boolean proxy) {
    return new VxlanSpec("vx0", 4097, 2, ip("192.0.2.7"), 4789, mac, mtu, proxy);
  }

  @Test
  void aTunnelIsDescribedByItsAttributes() {
    script.answer(error(1, 0));
    netlink.vxlans().create(vxlan("02:42:00:00:00:01", 1450, true));
    String sent = sent();
    for (String attribute :
        List.of(
            "08000300" + "76783000", // vx0
            "0a000100" + "024200000001" + "0000",
            "08000400" + number(1450),
            "0a000100" + "76786c616e00" + "0000", // vxlan
            "08000100" + number(4097),
            "08000300" + number(2),
            "08000400" + "c0000207",
            "05000700" + "00000000", // no learning
            "05000b00" + "01000000",
            "06000f00" + "12b50000")) { // port 4789 in the network's order
      assertTrue(sent.contains(attribute), attribute + " in " + sent);
    }
  }

  @Test
  void aTunnelWithoutMacAndMtuLeavesThemToTheKernel() {
    script.answer(error(1, 0));
    netlink.vxlans().create(vxlan("", 0, false));
    String sent = sent();
    assertFalse(sent.contains("0a000100" + "0242"), sent);
    assertTrue(sent.contains("05000b00" + "00000000"), sent);
    assertEquals(
        "ip link add vx0 type vxlan id 4097 local 192.0.2.7 dstport 4789 nolearning",
        VxlanCalls.describe(vxlan("", 0, false)));
    assertEquals(
        "ip link add vx0 address 02:42:00:00:00:01 mtu 1450 type vxlan id 4097 local 192.0.2.7"
            + " dstport 4789 nolearning proxy",
        VxlanCalls.describe(vxlan("02:42:00:00:00:01", 1450, true)));
  }

  private static byte[] device(String kind, byte[] data) {
    byte[] head = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putInt(4, 9).array();
    return joined(
        head, attribute(3, "vx0"), attribute(18, joined(attribute(1, kind), attribute(2, data))));
  }

  private static byte[] data(byte[] local, byte[] port) {
    return joined(
        attribute(1, 4097),
        attribute(3, 2),
        attribute(4, local),
        attribute(11, new byte[] {0}),
        attribute(15, port));
  }

  private static final byte[] LOCAL = {(byte) 192, 0, 2, 7};
  private static final byte[] PORT = {0x12, (byte) 0xb5};

  private Optional<VxlanCalls.Vxlan> find(byte[] payload) {
    script.answer(message(RTM_NEWLINK, 0, 1, payload)).answer(error(1, 0));
    return netlink.vxlans().find("vx0");
  }

  @Test
  void aTunnelIsReadAsItWasMade() {
    VxlanCalls.Vxlan found = find(device("vxlan", data(LOCAL, PORT))).orElseThrow();
    assertEquals(4097, found.vni());
    assertEquals(4789, found.port());
    assertTrue(found.carries(vxlan("", 0, false)));
    assertTrue(found.carries(vxlan("02:42:00:00:00:09", 1400, false)), "MAC and MTU do not count");
    assertFalse(found.carries(vxlan("", 0, true)));
    for (VxlanSpec other :
        List.of(
            new VxlanSpec("vx0", 4098, 2, ip("192.0.2.7"), 4789, "", 0, false),
            new VxlanSpec("vx0", 4097, 3, ip("192.0.2.7"), 4789, "", 0, false),
            new VxlanSpec("vx0", 4097, 2, ip("192.0.2.8"), 4789, "", 0, false),
            new VxlanSpec("vx0", 4097, 2, ip("192.0.2.7"), 8472, "", 0, false))) {
      assertFalse(found.carries(other), other.toString());
    }
  }

  @Test
  void aLinkOfAnotherKindIsNoTunnel() {
    assertEquals(Optional.empty(), find(device("bridge", data(LOCAL, PORT))));
  }

  @Test
  void aTunnelThatTellsNothingCarriesNothing() {
    VxlanCalls.Vxlan found = find(device("vxlan", new byte[0])).orElseThrow();
    assertEquals(Optional.empty(), found.local());
    assertEquals(0, found.port());
    assertFalse(found.carries(vxlan("", 0, false)));
  }

  @Test
  void aPortOfAnotherLengthIsNone() {
    assertEquals(0, find(device("vxlan", data(LOCAL, new byte[] {1}))).orElseThrow().port());
  }

  @Test
  void anAddressOfThreeBytesIsRefused() {
    byte[] payload = device("vxlan", data(new byte[3], PORT));
    assertThrows(MalformedMessageException.class, () -> find(payload));
  }

  @Test
  void whatIsNotThereIsNoTunnelAndOtherErrorsAreErrors() {
    script.answer(error(1, Errno.ENODEV.intValue()));
    assertEquals(Optional.empty(), netlink.vxlans().find("vx0"));
    script.answer(error(2, Errno.EPERM.intValue()));
    SyscallException e = assertThrows(SyscallException.class, () -> netlink.vxlans().find("vx0"));
    assertTrue(e.getMessage().startsWith("ip -d link show dev vx0: EPERM"), e.getMessage());
  }

  private static byte[] neighbour(int link, byte[]... attributes) {
    byte[] head = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder()).putInt(4, link).array();
    return joined(head, joined(attributes));
  }

  private static final byte[] MAC = {2, 0x42, 0, 0, 0, 1};

  @Test
  void forwardingEntriesAreReadWithAndWithoutAHost() {
    byte[] six = ip("2001:db8::9").getAddress();
    script.answer(
        message(RTM_NEWNEIGH, 2, 1, neighbour(6, attribute(2, MAC), attribute(1, LOCAL))),
        message(RTM_NEWNEIGH, 2, 1, neighbour(7, attribute(2, MAC))),
        message(RTM_NEWNEIGH, 2, 1, neighbour(8, attribute(2, MAC), attribute(1, six))),
        message(RTM_NEWNEIGH, 2, 1, neighbour(9)),
        done(1, 0));
    assertEquals(
        List.of(
            new ForwardingTable.Entry(6, "02:42:00:00:00:01", Optional.of(ip("192.0.2.7"))),
            new ForwardingTable.Entry(7, "02:42:00:00:00:01", Optional.empty()),
            new ForwardingTable.Entry(8, "02:42:00:00:00:01", Optional.of(ip("2001:db8::9"))),
            new ForwardingTable.Entry(9, "", Optional.empty())),
        netlink.forwarding().list());
  }

  @Test
  void aForwardingEntryCutShortAnywhereIsRefusedOrHasLess() {
    byte[] whole = neighbour(6, attribute(2, MAC), attribute(1, LOCAL));
    for (int length = 0; length < whole.length; length++) {
      int sequence = length + 1;
      script.answer(
          message(RTM_NEWNEIGH, 0, sequence, Arrays.copyOf(whole, length)), done(sequence, 0));
      boolean between = (length >= 12 && length < 16) || (length >= 22 && length < 28);
      if (between) { // too little is left for the head of another attribute
        assertEquals(Optional.empty(), netlink.forwarding().list().get(0).remote());
      } else {
        assertThrows(
            MalformedMessageException.class, () -> netlink.forwarding().list(), "at " + length);
      }
    }
  }

  @Test
  void anEntryIsWrittenForTheLinksOwnTable() {
    script.answer(error(1, 0));
    netlink.forwarding().replace(6, "02:42:00:00:00:01", ip("192.0.2.7"));
    assertEquals(
        "1c00"
            + "0505"
            + "01000000"
            + "00000000"
            + "07000000" // AF_BRIDGE
            + "06000000"
            + "8000" // permanent
            + "0200" // self
            + "0a000200"
            + "0242000000010000"
            + "08000100"
            + "c0000207",
        sent());
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    script.answer(error(1, 0));
    assertTrue(netlink.forwarding().delete(6, "02:42:00:00:00:01", ip("192.0.2.7")));
    assertTrue(sent().startsWith("1d00" + ACK_WANTED), sent());
    script.answer(error(2, Errno.ENOENT.intValue()));
    assertFalse(netlink.forwarding().delete(6, "02:42:00:00:00:01", ip("192.0.2.7")));
    script.answer(error(3, Errno.EPERM.intValue()));
    SyscallException e =
        assertThrows(
            SyscallException.class,
            () -> netlink.forwarding().delete(6, "02:42:00:00:00:01", ip("192.0.2.7")));
    assertTrue(
        e.getMessage()
            .startsWith("bridge fdb del 02:42:00:00:00:01 dev 6 dst 192.0.2.7 self: EPERM"),
        e.getMessage());
  }
}
