package io.jdocker.images.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that end early, claim too much, or are asked in unusual ways. */
final class DamagedStreamsTest {
  // "hello jdocker\n" by gzip, zstd, bzip2 and xz of Debian 12.
  private static final byte[] CONTENT = "hello jdocker\n".getBytes(StandardCharsets.UTF_8);
  private static final String XZ =
      "fd377a585a000004e6d6b4460200210116000000742fe5a301000d68656c6c6f206a646f636b6572"
          + "0a0000002eef0c31e01db86b0001260e081be0041fb6f37d010000000004595a";

  private static byte[] sample(Compression compression) {
    return HexFormat.of()
        .parseHex(
            switch (compression) {
              case NONE -> HexFormat.of().formatHex(CONTENT);
              case GZIP -> "1f8b0800000000000003cb48cdc9c957c84ac94fce4e2de2020089966dee0e000000";
              case ZSTD -> "28b52ffd045871000068656c6c6f206a646f636b65720a69a25234";
              case BZIP2 ->
                  "425a6839314159265359dca775630000035180001040000e5c900020003100d34d04006224c01cde"
                      + "2994f8bb9229c28486e53bab18";
              case XZ -> XZ;
            });
  }

  private static byte[] read(Compression compression, byte[] bytes) throws IOException {
    try (InputStream in = compression.open(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyCutIsAnError(Compression compression) {
    byte[] sample = sample(compression);
    for (int length = 1; length < sample.length; length++) {
      byte[] cut = Arrays.copyOf(sample, length);
      assertThrows(
          IOException.class, () -> read(compression, cut), compression + " cut at " + length);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void noSingleBitMayChangeTheContentUnseen(Compression compression) throws IOException {
    byte[] sample = sample(compression);
    for (int bit = 0; bit < sample.length * 8; bit++) {
      byte[] damaged = sample.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] content;
      try {
        content = read(compression, damaged);
      } catch (IOException e) {
        continue;
      }
      // Some bits of a header say nothing: gzip's time and operating system.
      assertArrayEquals(CONTENT, content, compression + " bit " + bit);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsByteByByte(Compression compression) throws IOException {
    try (InputStream in = compression.open(new ByteArrayInputStream(sample(compression)))) {
      for (byte expected : CONTENT) {
        assertEquals(expected, in.read());
      }
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(), "and again");
      assertEquals(-1, in.read(new byte[4], 0, 4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsIntoTheMiddleOfABuffer(Compression compression) throws IOException {
    byte[] buffer = new byte[24];
    Arrays.fill(buffer, (byte) '#');
    try (InputStream in = compression.open(new ByteArrayInputStream(sample(compression)))) {
      assertEquals(0, in.read(buffer, 3, 0));
      int count = in.readNBytes(buffer, 5, 9);
      assertEquals(9, count);
    }
    assertEquals("#####hello jdo##########", new String(buffer, StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @EnumSource
  void closingTwiceClosesTheSource(Compression compression) throws IOException {
    AtomicInteger closed = new AtomicInteger();
    InputStream source =
        new ByteArrayInputStream(sample(compression)) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    InputStream in = compression.open(source);
    in.close();
    in.close();
    assertNotEquals(0, closed.get());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aSourceThatFailsIsNoEnd(Compression compression) {
    byte[] sample = sample(compression);
    InputStream broken =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == sample.length - 8) {
              throw new IOException("connection reset");
            }
            return sample[at++] & 0xff;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            buffer[offset] = (byte) read();
            return 1;
          }
        };
    IOException e =
        assertThrows(
            IOException.class,
            () -> {
              try (InputStream in = compression.open(broken)) {
                in.readAllBytes();
              }
            });
    assertEquals("connection reset", e.getMessage());
  }

  @Test
  void aHundredGzipMembersAreOneContent() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      byte[] part = ("member " + i + "\n").repeat(i).getBytes(StandardCharsets.UTF_8);
      expected.writeBytes(part);
      try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
        gzip.write(part);
      }
    }
    assertArrayEquals(expected.toByteArray(), read(Compression.GZIP, all.toByteArray()));
  }

  @ParameterizedTest
  @CsvSource({"GZIP, 20", "ZSTD, 12", "BZIP2, 20", "XZ, 30"})
  void theSecondMemberIsCheckedToo(Compression compression, int cut) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(sample(compression));
    both.write(sample(compression), 0, cut);
    assertThrows(IOException.class, () -> read(compression, both.toByteArray()));
  }

  @Test
  void xzDataMayNotClaimGigabytesOfMemory() {
    byte[] bomb = HexFormat.of().parseHex(XZ);
    bomb[16] = 0x28; // a dictionary of 4 GiB - 1, in the properties of LZMA2
    CRC32 crc = new CRC32();
    crc.update(bomb, 12, 8);
    for (int i = 0; i < 4; i++) {
      bomb[20 + i] = (byte) (crc.getValue() >> (8 * i));
    }
    IOException e = assertThrows(IOException.class, () -> read(Compression.XZ, bomb));
    assertEquals("xz data wants more than 128 MiB to decode", e.getMessage());
  }

  @Test
  void xzSaysWhetherItIsCutOrDamaged() {
    byte[] sample = HexFormat.of().parseHex(XZ);
    byte[] cut = Arrays.copyOf(sample, 30);
    EOFException short30 = assertThrows(EOFException.class, () -> read(Compression.XZ, cut));
    assertEquals("xz data is cut short", short30.getMessage());
    sample[30] ^= 1;
    IOException damaged =
        assertThrows(
            IOException.class,
            () -> {
              byte[] more = Arrays.copyOf(sample, sample.length + 100_000);
              read(Compression.XZ, more);
            });
    assertTrue(damaged.getMessage().startsWith("damaged xz data"), damaged.getMessage());
  }

  @Test
  void xzPaddingBetweenStreamsIsSkipped() throws IOException {
    byte[] one = HexFormat.of().parseHex(XZ);
    byte[] padded = Arrays.copyOf(one, one.length + 8);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(padded);
    both.writeBytes(one);
    assertArrayEquals(
        "hello jdocker\nhello jdocker\n".getBytes(StandardCharsets.UTF_8),
        read(Compression.XZ, both.toByteArray()));
    byte[] crooked = Arrays.copyOf(one, one.length + 3);
    assertThrows(IOException.class, () -> read(Compression.XZ, crooked), "not four bytes");
  }
}
