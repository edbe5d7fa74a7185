package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.Payloads.attribute;
import static io.jdocker.linux.netlink.Payloads.joined;
import static io.jdocker.linux.netlink.ScriptedNetlink.error;
import static io.jdocker.linux.netlink.ScriptedNetlink.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.netlink.RouteLookup.Decision;
import io.jdocker.linux.netlink.ScriptedNetlink.Scripted;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way the kernel is asked for, and what its answers mean. */
final class RouteLookupTest {
  private static final int RTM_NEWROUTE = 24;
  private static final byte[] LOCAL = {(byte) 192, 0, 2, 7};

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

  private static byte[] route(int type, byte[]... attributes) {
    byte[] head = new byte[12];
    head[7] = (byte) type;
    return joined(head, joined(attributes));
  }

  private Decision output(byte[] payload) {
    script.answer(message(RTM_NEWROUTE, 0, 1, payload)).answer(error(1, 0));
    return netlink.routeLookup().output(Optional.empty(), ip("203.0.113.9"), 0);
  }

  @Test
  void aWayIsSentDeliveredOrRefused() {
    Optional<InetAddress> own = Optional.of(ip("192.0.2.7"));
    byte[] gateway = {(byte) 192, 0, 2, 1};
    assertEquals(
        new Decision.Send(2, Optional.of(ip("192.0.2.1")), own),
        output(route(1, attribute(4, 2), attribute(5, gateway), attribute(7, LOCAL))));
  }

  @ParameterizedTest
  @CsvSource({"2, Deliver", "1, Send", "3, Refuse", "6, Refuse", "7, Refuse", "0, Refuse"})
  void theTypeOfARouteDecides(int type, String decision) {
    assertEquals(decision, output(route(type)).getClass().getSimpleName());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 11})
  void aRouteCutShortIsRefused(int length) {
    assertThrows(MalformedMessageException.class, () -> output(new byte[length]));
  }

  @Test
  void noAnswerAtAllIsNoWay() {
    script.answer(error(1, 0));
    assertEquals(
        new Decision.Refuse(Errno.EHOSTUNREACH),
        netlink.routeLookup().output(Optional.empty(), ip("203.0.113.9"), 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENETUNREACH", "EACCES", "EINVAL", "EHOSTUNREACH", "EXDEV"})
  void whatTheKernelRefusesIsRefusedWithItsReason(String errno) {
    script.answer(error(1, Errno.valueOf(errno).intValue()));
    assertEquals(
        new Decision.Refuse(Errno.valueOf(errno)),
        netlink.routeLookup().input(ip("10.0.0.1"), ip("203.0.113.9"), 3, 0));
  }

  @Test
  void aPacketThatComesInHasItsLinkAndMark() {
    script.answer(error(1, 0)).answer(error(2, 0));
    netlink.routeLookup().input(ip("10.0.0.1"), ip("203.0.113.9"), 3, 0x7);
    assertEquals(
        "1a00"
            + "0500"
            + "01000000"
            + "00000000"
            + "02202000"
            + "0000000000000000"
            + "08000100"
            + "cb007109"
            + "08000200"
            + "0a000001"
            + "08000300"
            + number(3)
            + "08001000"
            + number(7),
        sent());
    netlink.routeLookup().output(Optional.empty(), ip("203.0.113.9"), 0);
    assertTrue(sent().endsWith("02200000" + "0000000000000000" + "08000100" + "cb007109"), sent());
  }
}
