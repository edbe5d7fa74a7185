package io.jdocker.network.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bind(2) and connect(2) are given. */
class SocketAddressesTest {
  /** The family stands in the machine's own order of octets, all else in that of the network. */
  private static int family(byte[] address) {
    return ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getShort(0);
  }

  private static String rest(byte[] address) {
    return HexFormat.of().formatHex(address, 2, address.length);
  }

  @ParameterizedTest(name = "{0} port {1}")
  @CsvSource({
    "127.0.0.1, 80, 2, 0050 7f000001 0000000000000000",
    "0.0.0.0, 0, 2, 0000 00000000 0000000000000000",
    "255.255.255.255, 65535, 2, ffff ffffffff 0000000000000000",
    "172.17.0.2, 8080, 2, 1f90 ac110002 0000000000000000",
    "'::', 80, 10, 0050 00000000 00000000000000000000000000000000 00000000",
    "'::1', 443, 10, 01bb 00000000 00000000000000000000000000000001 00000000",
    "'fd00:1::2', 53, 10, 0035 00000000 fd000001000000000000000000000002 00000000",
  })
  void octetByOctet(String address, int port, int family, String rest) {
    byte[] encoded = SocketAddresses.encode(address, port);
    assertEquals(family, family(encoded));
    assertEquals(rest.replace(" ", ""), rest(encoded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3.4.5", "256.1.1.1", "::1::2", "12345::"})
  void whatIsNoAddress(String text) {
    assertThrows(IllegalArgumentException.class, () -> SocketAddresses.encode(text, 80));
  }
}
