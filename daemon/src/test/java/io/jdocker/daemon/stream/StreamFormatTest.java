package io.jdocker.daemon.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.daemon.http.ApiVersion;
import io.jdocker.runtime.stdio.Chunk;
import org.junit.jupiter.api.Test;

class StreamFormatTest {
  private static final ApiVersion OLD = new ApiVersion(1, 41);

  @Test
  void aFrameIsStreamThreeZerosAndLength() {
    assertArrayEquals(
        new byte[] {2, 0, 0, 0, 0, 0, 0, 2, 'h', 'i'},
        StreamFormat.FRAMES.encode(new Chunk(Chunk.STDERR, new byte[] {'h', 'i'})));
    byte[] large = StreamFormat.FRAMES.encode(new Chunk(Chunk.STDOUT, new byte[70_000]));
    assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 1, 0x11, 0x70}, java.util.Arrays.copyOf(large, 8));
    assertEquals(70_008, large.length);
  }

  @Test
  void aTerminalHasNoFrames() {
    byte[] bytes = {'a'};
    assertArrayEquals(bytes, StreamFormat.of(true).encode(new Chunk(Chunk.STDOUT, bytes)));
  }

  @Test
  void theMediaTypeTellsSince142() {
    assertEquals(
        "application/vnd.docker.multiplexed-stream",
        StreamFormat.of(false).contentType(ApiVersion.CURRENT));
    assertEquals("application/vnd.docker.raw-stream", StreamFormat.of(false).contentType(OLD));
    assertEquals(
        "application/vnd.docker.raw-stream", StreamFormat.of(true).contentType(ApiVersion.CURRENT));
  }
}
