package io.jdocker.engine;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An archive between two steps of which each wants to work on its own: in a file, as it may be
 * larger than memory. Closing it deletes the file.
 */
final class Spool implements AutoCloseable {
  /** Writes an archive. */
  @FunctionalInterface
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path file;

  private Spool(Path file) {
    this.file = file;
  }

  /** Writes it all. */
  static Spool of(Writer writer) throws IOException {
    Spool spool = new Spool(Files.createTempFile("jdocker-", ".tar"));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(spool.file))) {
      writer.writeTo(out);
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
    return spool;
  }

  InputStream open() throws IOException {
    return new BufferedInputStream(Files.newInputStream(file, StandardOpenOption.READ));
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
