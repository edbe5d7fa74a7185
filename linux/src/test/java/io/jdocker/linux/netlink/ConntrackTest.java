package io.jdocker.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.netlink.Conntrack.Flow;
import io.jdocker.linux.netlink.NetlinkSocket.Answer;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of ctnetlink, byte by byte as Linux 6.18 sends them on x86-64. */
class ConntrackTest {
  private static final int CT_NEW = 1 << 8;

  /** nfgenmsg; CTA_TUPLE_ORIG of 203.0.113.2:7000 to 203.0.113.1:5353, UDP. */
  private static final String HEADER = "02000000";

  private static final String IP =
      "1400" + "0180" + "0800" + "0100" + "cb007102" + "0800" + "0200" + "cb007101";
  private static final String PORTS =
      "1c00"
          + "0280"
          + "0500"
          + "0100"
          + "11000000"
          + "0600"
          + "0200"
          + "1b580000"
          + "0600"
          + "0300"
          + "14e90000";
  private static final String TUPLE = "3400" + "0180" + IP + PORTS;

  private static Answer answer(String hex) {
    ByteBuffer payload = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    return new Answer(CT_NEW, payload.order(ByteOrder.nativeOrder()));
  }

  @Test
  void aFlowIsWhatItsFirstPacketHad() throws Exception {
    Flow expected =
        new Flow(
            17,
            InetAddress.getByName("203.0.113.2"),
            7000,
            InetAddress.getByName("203.0.113.1"),
            5353);
    assertEquals(Optional.of(expected), Conntrack.parse(answer(HEADER + TUPLE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing but the header
        "1800" + "0180" + IP, // no ports: ICMP
        "2000" + "0180" + PORTS, // no addresses: IPv6
        "08001800" + "00000001" // only something else
      })
  void whatHasNoPortsOrNoIpv4AddressesIsPassedOver(String attributes) {
    assertEquals(Optional.empty(), Conntrack.parse(answer(HEADER + attributes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no header
        "0200", // half a header
        HEADER + "ff000180", // an attribute longer than the message
        HEADER + "14000180" + "ff000180" + "0800" + "0100" + "cb007102", // a nested one that is
        HEADER + "02000180", // shorter than itself
      })
  void lengthsThatLieAreRefused(String hex) {
    assertThrows(MalformedMessageException.class, () -> Conntrack.parse(answer(hex)));
  }
}
