package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The far ends of a process' streams, played by a test: it writes, reads and closes by hand. */
final class Processes {
  private Processes() {}

  static void write(Kernel kernel, Fd end, String text) {
    byte[] bytes = utf8(text);
    kernel.files().writeFully(end, bytes, 0, bytes.length);
  }

  /** Reads what comes next, waiting for it; empty text at the end of the file. */
  static String read(Kernel kernel, Fd end) {
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(65536);
      long count = kernel.files().read(end.number(), buffer, 65536);
      assertTrue(count >= 0, "read: " + count);
      return new String(NativeArena.getBytes(buffer, (int) count), StandardCharsets.UTF_8);
    }
  }

  /** Reads until the end of the file. */
  static String readAll(Kernel kernel, Fd end) {
    StringBuilder all = new StringBuilder();
    for (String part = read(kernel, end); !part.isEmpty(); part = read(kernel, end)) {
      all.append(part);
    }
    return all.toString();
  }

  /** Everything a client gets until its end. */
  static String takeAll(Attachment client) throws InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Optional<Chunk> next = client.take(); next.isPresent(); next = client.take()) {
      all.writeBytes(next.get().bytes());
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  static String text(Chunk chunk) {
    return new String(chunk.bytes(), StandardCharsets.UTF_8);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
