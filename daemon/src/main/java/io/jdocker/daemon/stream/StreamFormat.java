package io.jdocker.daemon.stream;

import io.jdocker.daemon.http.ApiVersion;
import io.jdocker.runtime.stdio.Chunk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How output is written to a client. A terminal's output is sent as it is. Otherwise each piece has
 * a frame: one byte for the stream (0 stdin, 1 stdout, 2 stderr, 3 the engine's own error), three
 * zeros, and the length as a big-endian 32-bit number.
 */
public enum StreamFormat {
  RAW,
  FRAMES;

  private static final int HEADER = 8;
  private static final byte SYSTEM_ERROR = 3;

  public static StreamFormat of(boolean terminal) {
    return terminal ? RAW : FRAMES;
  }

  /** The media type; before 1.42 there was but one. */
  public String contentType(ApiVersion version) {
    return this == FRAMES && version.isAtLeast(1, 42)
        ? "application/vnd.docker.multiplexed-stream"
        : "application/vnd.docker.raw-stream";
  }

  /** The bytes to send for a piece of output. */
  public byte[] encode(Chunk chunk) {
    return this == RAW ? chunk.bytes() : frame((byte) chunk.stream(), chunk.bytes());
  }

  /** The bytes to send for an error of the engine after the stream has begun. */
  public byte[] error(String message) {
    byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
    return this == RAW ? text : frame(SYSTEM_ERROR, text);
  }

  private static byte[] frame(byte stream, byte[] content) {
    return ByteBuffer.allocate(HEADER + content.length)
        .put(stream)
        .put(new byte[3])
        .putInt(content.length)
        .put(content)
        .array();
  }
}
