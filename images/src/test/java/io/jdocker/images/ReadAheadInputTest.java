package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadInputTest {
  private static byte[] noise(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 131_071, 131_072, 131_073, 3_000_001})
  void givesWhatTheSourceGives(int size) throws IOException {
    try (ReadAheadInput in = new ReadAheadInput(new ByteArrayInputStream(noise(size)))) {
      assertArrayEquals(noise(size), in.readAllBytes());
      assertEquals(-1, in.read(), "and stays at its end");
      assertEquals(-1, in.read(new byte[9]));
    }
  }

  @Test
  void byteByByteIsTheSame() throws IOException {
    byte[] content = noise(1000);
    try (ReadAheadInput in = new ReadAheadInput(new ByteArrayInputStream(content))) {
      for (byte b : content) {
        assertEquals(b & 0xff, in.read());
      }
      assertEquals(0, in.read(new byte[1], 0, 0));
      assertEquals(-1, in.read());
    }
  }

  /** Gives so many zero bytes, then fails. */
  private static InputStream failing(long bytes, RuntimeException unchecked) {
    return new InputStream() {
      private long left = bytes;

      @Override
      public int read() throws IOException {
        return read(new byte[1], 0, 1);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left > 0) {
          int count = (int) Math.min(left, length);
          left -= count;
          return count;
        }
        if (unchecked != null) {
          throw unchecked;
        }
        throw new IOException("damaged");
      }
    };
  }

  @Test
  void aFailureComesAfterWhatCameBeforeIt() throws IOException {
    try (ReadAheadInput in = new ReadAheadInput(failing(131_072, null))) {
      assertEquals(131_072, in.readNBytes(131_072).length);
      IOException failure = assertThrows(IOException.class, in::read);
      assertEquals("damaged", failure.getMessage());
      assertThrows(IOException.class, in::read, "and again");
    }
  }

  @Test
  void anUncheckedFailureIsOneOfReading() throws IOException {
    try (ReadAheadInput in = new ReadAheadInput(failing(0, new IllegalStateException("bug")))) {
      IOException failure = assertThrows(IOException.class, in::read);
      assertTrue(failure.getMessage().contains("bug"), failure.getMessage());
    }
  }

  @Test
  void closingEndsTheReaderOfAnEndlessSource() throws IOException {
    AtomicLong given = new AtomicLong();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            given.incrementAndGet();
            return 7;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            java.util.Arrays.fill(buffer, offset, offset + length, (byte) 7);
            given.addAndGet(length);
            return length;
          }
        };
    ReadAheadInput in = new ReadAheadInput(endless);
    assertEquals(7, in.read());
    in.close();
    long after = given.get();
    in.close();
    assertEquals(after, given.get(), "nobody reads it any more");
  }
}
