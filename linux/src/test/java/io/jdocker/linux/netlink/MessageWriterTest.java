package io.jdocker.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Golden bytes, in the little-endian order of both architectures that jdocker runs on. */
class MessageWriterTest {
  private static String hex(byte[] message) {
    return HexFormat.of().formatHex(message);
  }

  @Test
  void headerCarriesLengthTypeFlagsAndSequence() {
    assertEquals(
        "10000000" + "1200" + "0103" + "07000000" + "00000000",
        hex(new MessageWriter(18, 0x301).finish(7)));
  }

  @Test
  void attributesArePaddedToFourBytesAndTextsEndWithNul() {
    MessageWriter message =
        new MessageWriter(16, 5)
            .attribute(3, "br0")
            .attribute(4, 1500)
            .attributeByte(4, 1)
            .attributeShort(9, 0x1234)
            .attribute(1, new byte[] {1, 2, 3, 4, 5, 6});
    assertEquals(
        "3c000000"
            + "1000"
            + "0500"
            + "01000000"
            + "00000000"
            + "0800"
            + "0300"
            + "62723000"
            + "0800"
            + "0400"
            + "dc050000"
            + "0500"
            + "0400"
            + "01000000"
            + "0600"
            + "0900"
            + "34120000"
            + "0a00"
            + "0100"
            + "0102030405060000",
        hex(message.finish(1)));
  }

  @Test
  void nestedAttributesKnowTheirLength() {
    MessageWriter message = new MessageWriter(16, 5).begin(18).attribute(1, "veth").end();
    // 4 of the nest + 4 + "veth\0" padded to 8
    assertEquals(
        "20000000"
            + "1000"
            + "0500"
            + "01000000"
            + "00000000"
            + "1000"
            + "1280"
            + "0900"
            + "0100"
            + "7665746800000000",
        hex(message.finish(1)));
  }

  @Test
  void longMessagesGrow() {
    MessageWriter message = new MessageWriter(16, 5);
    for (int i = 0; i < 100; i++) {
      message.attribute(1, new byte[100]);
    }
    assertEquals(16 + 100 * 104, message.finish(1).length);
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    MessageWriter message = new MessageWriter(16, 5);
    assertThrows(IllegalArgumentException.class, () -> message.attribute(1, new byte[0xffff]));
    message.begin(1);
    assertThrows(IllegalStateException.class, () -> message.finish(1));
  }
}
