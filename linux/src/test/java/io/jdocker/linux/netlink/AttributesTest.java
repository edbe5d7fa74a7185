package io.jdocker.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
  private static Attributes written(MessageWriter message) {
    byte[] bytes = message.finish(1);
    return Attributes.parse(ByteBuffer.wrap(bytes, 16, bytes.length - 16));
  }

  @Test
  void readsWhatTheWriterWrote() {
    Attributes attributes =
        written(
            new MessageWriter(1, 1)
                .attribute(3, "br0")
                .attribute(4, 1500)
                .begin(18)
                .attribute(1, "bridge")
                .end());
    assertEquals("br0", attributes.text(3));
    assertEquals(OptionalInt.of(1500), attributes.integer(4));
    assertEquals("bridge", attributes.nested(18).text(1));
    assertEquals("", attributes.text(9));
    assertTrue(attributes.bytes(9).isEmpty());
  }

  @Test
  void lengthsThatLieAreRefused() {
    byte[] tooLong = {20, 0, 1, 0, 0, 0, 0, 0};
    byte[] tooShort = {3, 0, 1, 0};
    for (byte[] bytes : new byte[][] {tooLong, tooShort}) {
      assertThrows(MalformedMessageException.class, () -> Attributes.parse(ByteBuffer.wrap(bytes)));
    }
    Attributes attributes = Attributes.parse(ByteBuffer.wrap(new byte[] {6, 0, 1, 0, 1, 2, 0, 0}));
    assertThrows(MalformedMessageException.class, () -> attributes.integer(1));
  }

  @Test
  void noiseEndsInAnExceptionOrInAttributesNeverElsewhere() {
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      try {
        Attributes.parse(ByteBuffer.wrap(noise));
      } catch (MalformedMessageException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000, "noise is mostly malformed: " + refused);
  }
}
