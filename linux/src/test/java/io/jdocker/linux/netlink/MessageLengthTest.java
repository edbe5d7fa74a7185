package io.jdocker.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/**
 * Lengths of netlink attributes have 16 bits: one that is longer, and so appears shorter, would let
 * its content be read as further attributes (CVE-2021-43784).
 */
final class MessageLengthTest {
  private static final int TYPE = 3;
  private static final int LARGEST = 0xffff - 4;

  private static ByteBuffer finish(MessageWriter message) {
    return ByteBuffer.wrap(message.finish(1)).order(ByteOrder.nativeOrder());
  }

  @Test
  void cve202143784TheLargestAttributeKeepsItsLength() {
    ByteBuffer message = finish(new MessageWriter(1, 0).attribute(TYPE, new byte[LARGEST]));
    assertEquals(0xffff, message.getShort(16) & 0xffff);
    assertEquals(16 + 0x10000, message.getInt(0));
  }

  @Test
  void cve202143784ALargerAttributeIsRefused() {
    MessageWriter message = new MessageWriter(1, 0);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> message.attribute(TYPE, new byte[LARGEST + 1]));
    assertTrue(refused.getMessage().contains("65532 bytes"), refused.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> message.attribute(TYPE, "x".repeat(LARGEST)));
  }

  @Test
  void cve202143784NestedAttributesAreCountedTogether() {
    MessageWriter message = new MessageWriter(1, 0).begin(TYPE);
    message.attribute(TYPE, new byte[40000]).attribute(TYPE, new byte[40000]);
    assertThrows(IllegalArgumentException.class, message::end);
  }
}
