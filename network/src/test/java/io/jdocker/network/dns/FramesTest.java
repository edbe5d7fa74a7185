package io.jdocker.network.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static List<Integer> lengths(Frames frames) {
    List<Integer> lengths = new ArrayList<>();
    for (Optional<byte[]> next = frames.next(); next.isPresent(); next = frames.next()) {
      lengths.add(next.get().length);
    }
    return lengths;
  }

  @Test
  void aMessageIsThereOnceItsLastOctetIs() {
    Frames frames = new Frames();
    byte[] framed = Frames.framed(new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {0, 3, 1, 2, 3}, framed);
    for (byte octet : framed) {
      assertEquals(Optional.empty(), frames.next());
      frames.add(new byte[] {octet});
    }
    assertArrayEquals(new byte[] {1, 2, 3}, frames.next().orElseThrow());
    assertEquals(Optional.empty(), frames.next());
  }

  @Test
  void severalMessagesMayComeAtOnceAndInPieces() {
    Random random = new Random(53);
    List<Integer> sent = new ArrayList<>();
    List<Integer> received = new ArrayList<>();
    Frames frames = new Frames();
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (int length : new int[] {0, 1, 12, 255, 256, 4096, 65535}) {
      sent.add(length);
      all.writeBytes(Frames.framed(new byte[length]));
    }
    byte[] stream = all.toByteArray();
    for (int at = 0; at < stream.length; ) {
      int end = Math.min(stream.length, at + 1 + random.nextInt(9000));
      frames.add(java.util.Arrays.copyOfRange(stream, at, end));
      received.addAll(lengths(frames));
      at = end;
    }
    assertEquals(sent, received);
  }
}
