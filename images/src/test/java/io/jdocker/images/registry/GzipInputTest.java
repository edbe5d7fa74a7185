package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipInputTest {
  private static byte[] compress(byte[] content) throws IOException {
    try (GzipInput gzip = new GzipInput(new ByteArrayInputStream(content))) {
      return gzip.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 1_000_001})
  void isReadByAnyGunzip(int size) throws IOException {
    byte[] content = PullIT.noise(size);
    try (GZIPInputStream gunzip =
        new GZIPInputStream(new ByteArrayInputStream(compress(content)))) {
      assertArrayEquals(content, gunzip.readAllBytes());
    }
  }

  @Test
  void theSameContentGivesTheSameBytes() throws IOException {
    assertArrayEquals(compress(PullIT.noise(100_000)), compress(PullIT.noise(100_000)));
  }

  @Test
  void byteByByteIsTheSame() throws IOException {
    ByteArrayOutputStream single = new ByteArrayOutputStream();
    try (GzipInput gzip = new GzipInput(new ByteArrayInputStream(PullIT.noise(3000)))) {
      for (int b = gzip.read(); b >= 0; b = gzip.read()) {
        single.write(b);
      }
      assertEquals(-1, gzip.read(), "and it stays at its end");
    }
    assertArrayEquals(compress(PullIT.noise(3000)), single.toByteArray());
  }
}
