package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SpoolTest {
  @Test
  void whatWasWrittenIsReadAsOftenAsWanted() throws IOException {
    byte[] much = new byte[100_000];
    much[99_999] = 7;
    try (Spool spool = Spool.of(out -> out.write(much))) {
      for (int i = 0; i < 2; i++) {
        try (InputStream in = spool.open()) {
          assertArrayEquals(much, in.readAllBytes());
        }
      }
    }
  }

  @Test
  void nothingIsLeftOfIt() throws IOException {
    Spool spool = Spool.of(out -> out.write(1));
    spool.close();
    assertThrows(NoSuchFileException.class, spool::open);
    spool.close();
  }

  @Test
  void aWriterThatFailsIsHeardAndItsStreamClosed() {
    AtomicReference<OutputStream> given = new AtomicReference<>();
    IOException failure = new IOException("source is gone");
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                Spool.of(
                    out -> {
                      given.set(out);
                      throw failure;
                    })));
    assertThrows(
        IOException.class,
        () -> {
          given.get().write(new byte[100_000]);
          given.get().flush();
        });
    IllegalStateException bug = new IllegalStateException("bug");
    assertEquals(
        bug,
        assertThrows(
            IllegalStateException.class,
            () ->
                Spool.of(
                    out -> {
                      throw bug;
                    })));
  }
}
