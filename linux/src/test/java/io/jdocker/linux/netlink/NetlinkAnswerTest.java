package io.jdocker.linux.netlink;

import static io.jdocker.linux.netlink.ScriptedNetlink.done;
import static io.jdocker.linux.netlink.ScriptedNetlink.error;
import static io.jdocker.linux.netlink.ScriptedNetlink.message;
import static io.jdocker.linux.netlink.ScriptedNetlink.messageClaiming;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.netlink.ScriptedNetlink.Scripted;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in order, garbled, cut short, interrupted: each ends in a list or in an exception. */
final class NetlinkAnswerTest {
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_NEWNEIGH = 28;
  private static final int NLM_F_MULTI = 0x2;
  private static final int NLM_F_DUMP_INTR = 0x10;
  private static final int NLM_F_CAPPED = 0x100;
  private static final int NLM_F_ACK_TLVS = 0x200;

  private final Scripted scripted = Scripted.create();
  private final ScriptedNetlink script = scripted.script();
  private final Rtnetlink netlink = Rtnetlink.open(scripted.kernel());

  @AfterEach
  void close() {
    netlink.close();
  }

  private static byte[] attribute(int type, byte[] value) {
    return attributeClaiming(4 + value.length, type, value);
  }

  private static byte[] attributeClaiming(int length, int type, byte[] value) {
    return ByteBuffer.allocate((4 + value.length + 3) / 4 * 4)
        .order(ByteOrder.nativeOrder())
        .putShort((short) length)
        .putShort((short) type)
        .put(value)
        .array();
  }

  private static byte[] text(String value) {
    return (value + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(p -> p.length).sum();
    ByteBuffer whole = ByteBuffer.allocate(length);
    Arrays.stream(parts).forEach(whole::put);
    return whole.array();
  }

  /** struct ifinfomsg with an index and a name behind it. */
  private static byte[] link(int sequence, int flags, int index, String name) {
    byte[] head = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putInt(4, index).array();
    return message(RTM_NEWLINK, flags, sequence, joined(head, attribute(3, text(name))));
  }

  private List<String> names() {
    return netlink.links().list().stream().map(LinkInfo::name).toList();
  }

  @Test
  void aDumpComesInSeveralDatagrams() {
    script
        .answer(link(1, NLM_F_MULTI, 1, "lo"), link(1, NLM_F_MULTI, 2, "eth0"))
        .answer(link(1, NLM_F_MULTI, 3, "eth1"))
        .answer(done(1, 0));
    assertEquals(List.of("lo", "eth0", "eth1"), names());
  }

  @Test
  void whatAnEarlierRequestLeftBehindIsPassedOver() {
    script.answer(error(1, Errno.EPERM.intValue()));
    assertThrows(SyscallException.class, () -> netlink.links().setUp(2));
    script
        .answer(link(1, NLM_F_MULTI, 9, "stale"), done(1, 0))
        .answer(link(2, NLM_F_MULTI, 1, "lo"))
        .answer(done(2, 0));
    assertEquals(List.of("lo"), names());
  }

  @Test
  void aDumpThatWasInterruptedIsAskedForAgain() {
    script
        .answer(link(1, NLM_F_MULTI, 1, "lo"))
        .answer(link(1, NLM_F_MULTI | NLM_F_DUMP_INTR, 7, "veth7"), done(1, 0))
        .answer(link(2, NLM_F_MULTI, 1, "lo"), link(2, NLM_F_MULTI, 6, "veth6"))
        .answer(link(2, NLM_F_MULTI, 7, "veth7"), done(2, 0));
    assertEquals(List.of("lo", "veth6", "veth7"), names());
    assertEquals(2, script.requests().size());
    byte[] first = script.requests().get(0);
    byte[] second = script.requests().get(1);
    assertEquals(2, ByteBuffer.wrap(second).order(ByteOrder.nativeOrder()).getInt(8));
    assertArrayEquals(Arrays.copyOf(first, 8), Arrays.copyOf(second, 8));
    assertArrayEquals(
        Arrays.copyOfRange(first, 12, first.length), Arrays.copyOfRange(second, 12, second.length));
  }

  @Test
  void anInterruptionToldByTheLastMessageAloneCountsToo() {
    byte[] last = message(3, NLM_F_MULTI | NLM_F_DUMP_INTR, 1, new byte[4]);
    script.answer(link(1, NLM_F_MULTI, 1, "lo"), last).answer(link(2, 0, 2, "eth0"), done(2, 0));
    assertEquals(List.of("eth0"), names());
  }

  @Test
  void aDumpThatIsInterruptedForEverIsAnError() {
    for (int sequence = 1; sequence <= 100; sequence++) {
      script.answer(link(sequence, NLM_F_DUMP_INTR, 1, "lo"), done(sequence, 0));
    }
    SyscallException e = assertThrows(SyscallException.class, this::names);
    assertTrue(e.is(Errno.EINTR), e.getMessage());
    assertTrue(e.getMessage().startsWith("ip link show: EINTR"), e.getMessage());
  }

  @Test
  void aDumpThatTheKernelGaveUpIsAnErrorNotAShortList() {
    script.answer(link(1, NLM_F_MULTI, 1, "lo")).answer(done(1, Errno.ENOMEM.intValue()));
    SyscallException e = assertThrows(SyscallException.class, this::names);
    assertEquals("ip link show: ENOMEM (Cannot allocate memory)", e.getMessage());
  }

  static Stream<Arguments> garbled() {
    byte[] head = new byte[16];
    return Stream.of(
        Arguments.of("a length below the header's", messageClaiming(15, RTM_NEWLINK, 0, 1, head)),
        Arguments.of("a length of nothing", messageClaiming(0, RTM_NEWLINK, 0, 1, head)),
        Arguments.of("a negative length", messageClaiming(-1, RTM_NEWLINK, 0, 1, head)),
        Arguments.of("more than has come", messageClaiming(4096, RTM_NEWLINK, 0, 1, head)),
        Arguments.of("one byte more", messageClaiming(33, RTM_NEWLINK, 0, 1, head)),
        Arguments.of("a link cut short", message(RTM_NEWLINK, 0, 1, new byte[15])),
        Arguments.of("a link of nothing", message(RTM_NEWLINK, 0, 1, new byte[0])),
        Arguments.of(
            "an attribute longer than the message",
            message(RTM_NEWLINK, 0, 1, joined(head, attributeClaiming(200, 3, text("lo"))))),
        Arguments.of(
            "an attribute shorter than its head",
            message(RTM_NEWLINK, 0, 1, joined(head, attributeClaiming(3, 3, text("lo"))))),
        Arguments.of(
            "a number of three bytes",
            message(RTM_NEWLINK, 0, 1, joined(head, attribute(4, new byte[3])))),
        Arguments.of("an error cut short", message(2, 0, 1, new byte[4])),
        Arguments.of("an error of nothing", message(2, 0, 1, new byte[0])),
        Arguments.of("an end cut short", message(3, 0, 1, new byte[2])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("garbled")
  void aGarbledAnswerIsRefused(String what, byte[] datagram) {
    script.answer(datagram).answer(done(1, 0));
    assertThrows(MalformedMessageException.class, this::names);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("garbled")
  void theSocketIsOfUseAfterAGarbledAnswer(String what, byte[] datagram) {
    script.answer(datagram).answer(done(1, 0));
    assertThrows(MalformedMessageException.class, this::names);
    script.answer(link(2, 0, 1, "lo"), done(2, 0));
    assertEquals(List.of("lo"), names());
  }

  @Test
  void bytesTooFewForAHeaderAreNoMessage() {
    script.answer(new byte[15]).answer(link(1, 0, 1, "lo"), done(1, 0));
    assertEquals(List.of("lo"), names());
  }

  @Test
  void messagesOfOtherKindsAreNotLinks() {
    byte[] noop = message(1, 0, 1, new byte[4]);
    byte[] address = message(RTM_NEWADDR, 0, 1, new byte[8]);
    script.answer(noop, address, link(1, 0, 1, "lo"), done(1, 0));
    assertEquals(List.of("lo"), names());
  }

  static Stream<Arguments> cutShort() {
    byte[] address = joined(new byte[8], attribute(1, new byte[] {10, 0, 0, 1}));
    byte[] neighbour = joined(new byte[12], attribute(1, new byte[] {10, 0, 0, 1}));
    return Stream.of(
        Arguments.of(RTM_NEWADDR, address, 8), Arguments.of(RTM_NEWNEIGH, neighbour, 12));
  }

  @ParameterizedTest
  @MethodSource("cutShort")
  void everyShorterMessageIsRefused(int type, byte[] whole, int head) {
    int sequence = 0;
    for (int length = 0; length < whole.length; length++) {
      sequence++;
      script.answer(message(type, 0, sequence, Arrays.copyOf(whole, length)), done(sequence, 0));
      String described = "cut to " + length + " of " + whole.length;
      assertThrows(MalformedMessageException.class, () -> list(type), described);
    }
    script.answer(done(sequence, 0)); // which the refused ones left unread is passed over
    sequence++;
    script.answer(message(type, 0, sequence, whole), done(sequence, 0));
    assertEquals(1, list(type).size());
    assertTrue(head < whole.length);
  }

  private List<?> list(int type) {
    return type == RTM_NEWADDR ? netlink.addresses().list() : netlink.neighbours().list();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 17})
  void anAddressIsOfFourOrSixteenBytes(int length) {
    byte[] payload = joined(new byte[8], attribute(1, new byte[length]));
    script.answer(message(RTM_NEWADDR, 0, 1, payload), done(1, 0));
    MalformedMessageException e =
        assertThrows(MalformedMessageException.class, () -> netlink.addresses().list());
    assertEquals("address of " + length + " bytes", e.getMessage());
  }

  @Test
  void aRouteCutShortIsRefusedAndARouteOfAnotherTableIsNotListed() {
    byte[] main = new byte[12];
    main[4] = (byte) 254;
    script.answer(
        message(RTM_NEWROUTE, 0, 1, main), message(RTM_NEWROUTE, 0, 1, new byte[12]), done(1, 0));
    assertEquals(1, netlink.routes().list().size());
    script.answer(message(RTM_NEWROUTE, 0, 2, new byte[11]), done(2, 0));
    assertThrows(MalformedMessageException.class, () -> netlink.routes().list());
  }

  @Test
  void theKernelsWordsAreFoundBehindACappedRequest() {
    byte[] head = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder()).putInt(-22).array();
    byte[] words = attribute(1, text("Invalid prefix"));
    script.answer(message(2, NLM_F_CAPPED | NLM_F_ACK_TLVS, 1, joined(head, words)));
    SyscallException e = assertThrows(SyscallException.class, () -> netlink.links().setUp(4));
    assertEquals("ip link set 4 up: EINVAL (Invalid argument): Invalid prefix", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 4000})
  void aRequestThatClaimsToGoOnPastTheEndHasNoWordsBehindIt(int claimed) {
    byte[] head =
        ByteBuffer.allocate(20).order(ByteOrder.nativeOrder()).putInt(-1).putInt(claimed).array();
    script.answer(message(2, NLM_F_ACK_TLVS, 1, head));
    SyscallException e = assertThrows(SyscallException.class, () -> netlink.links().setUp(4));
    assertTrue(e.is(Errno.EPERM), e.getMessage());
  }
}
