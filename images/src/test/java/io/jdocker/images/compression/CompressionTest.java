package io.jdocker.images.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
  // "hello jdocker\n" by gzip, zstd, bzip2 and xz of Debian 12.
  private static final byte[] CONTENT = "hello jdocker\n".getBytes(StandardCharsets.UTF_8);

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
              case XZ ->
                  "fd377a585a000004e6d6b4460200210116000000742fe5a301000d68656c6c6f206a646f636b6572"
                      + "0a0000002eef0c31e01db86b0001260e081be0041fb6f37d010000000004595a";
            });
  }

  private static byte[] read(byte[] compressed) throws IOException {
    BufferedInputStream in = Compression.buffered(new ByteArrayInputStream(compressed));
    try (InputStream content = Compression.detect(in).open(in)) {
      return content.readAllBytes();
    }
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void isToldByItsFirstBytesAndRead(Compression compression) throws IOException {
    byte[] sample = sample(compression);
    BufferedInputStream in = Compression.buffered(new ByteArrayInputStream(sample));
    assertEquals(compression, Compression.detect(in));
    assertArrayEquals(CONTENT, read(sample));
  }

  @ParameterizedTest
  @EnumSource
  void severalMembersAreOneContent(Compression compression) throws IOException {
    byte[] sample = sample(compression);
    assertArrayEquals(concatenated(CONTENT, CONTENT), read(concatenated(sample, sample)));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aCutIsAnError(Compression compression) {
    byte[] sample = sample(compression);
    assertThrows(IOException.class, () -> read(Arrays.copyOf(sample, sample.length - 5)));
  }

  @ParameterizedTest
  @CsvSource({"GZIP, 12", "ZSTD, 15", "BZIP2, 20", "XZ, 26"})
  void damageIsAnError(Compression compression, int position) {
    byte[] sample = sample(compression);
    sample[position] ^= 0x7f;
    assertThrows(IOException.class, () -> read(sample));
  }

  @Test
  void aSlowStreamDoesNotEndBetweenTwoMembers() throws IOException {
    byte[] gzip = sample(Compression.GZIP);
    InputStream slow =
        new ByteArrayInputStream(concatenated(gzip, gzip)) {
          @Override
          public synchronized int available() {
            return 0;
          }

          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 7));
          }
        };
    try (InputStream content = Compression.GZIP.open(slow)) {
      assertArrayEquals(concatenated(CONTENT, CONTENT), content.readAllBytes());
    }
  }

  @Test
  void anEmptyStreamIsPlain() throws IOException {
    assertArrayEquals(new byte[0], read(new byte[0]));
  }
}
