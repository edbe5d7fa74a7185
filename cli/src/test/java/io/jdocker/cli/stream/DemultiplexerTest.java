package io.jdocker.cli.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DemultiplexerTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static void frame(ByteArrayOutputStream into, int stream, String text) {
    byte[] content = text.getBytes(UTF_8);
    into.writeBytes(new byte[] {(byte) stream, 0, 0, 0, 0, 0});
    into.write(content.length >> 8);
    into.write(content.length);
    into.writeBytes(content);
  }

  private void run(byte[] bytes) throws IOException {
    new Demultiplexer(new ByteArrayInputStream(bytes), out, err).run();
  }

  @Test
  void separatesTheStreams() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    frame(wire, 1, "one ");
    frame(wire, 2, "problem");
    frame(wire, 1, "");
    frame(wire, 0, "zero counts as output ");
    frame(wire, 1, "x".repeat(40_000));
    run(wire.toByteArray());
    assertEquals("one zero counts as output " + "x".repeat(40_000), out.toString(UTF_8));
    assertEquals("problem", err.toString(UTF_8));
  }

  @Test
  void nothingIsNoError() throws IOException {
    run(new byte[0]);
    assertEquals(0, out.size() + err.size());
  }

  @Test
  void aFrameCutShortIsAnError() {
    assertThrows(EOFException.class, () -> run(new byte[] {1, 0, 0}));
    assertThrows(EOFException.class, () -> run(new byte[] {1, 0, 0, 0, 0, 0, 0, 5, 'a'}));
  }

  @Test
  void anUnknownStreamIsAnError() {
    IOException e = assertThrows(IOException.class, () -> run(new byte[] {9, 0, 0, 0, 0, 0, 0, 0}));
    assertEquals("unrecognized stream: 9", e.getMessage());
  }

  @Test
  void theDaemonsOwnErrorIsRaised() {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    frame(wire, 3, "log is gone");
    IOException e = assertThrows(IOException.class, () -> run(wire.toByteArray()));
    assertEquals("error from daemon in stream: log is gone", e.getMessage());
  }
}
