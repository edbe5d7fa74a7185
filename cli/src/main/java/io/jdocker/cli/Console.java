package io.jdocker.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The process's standard streams. Text goes out in UTF-8 whatever the locale, as from docker.
 *
 * <p>Raw file streams instead of System.out: a container's bytes pass through unchanged, and a
 * write error (EPIPE) is seen.
 */
public final class Console {
  private final InputStream in;
  private final OutputStream out;
  private final OutputStream err;

  public Console(InputStream in, OutputStream out, OutputStream err) {
    this.in = in;
    this.out = new Written(out);
    this.err = new Written(err);
  }

  /** Descriptors 0, 1 and 2. */
  public static Console standard() {
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err));
  }

  public InputStream in() {
    return in;
  }

  public OutputStream out() {
    return out;
  }

  public OutputStream err() {
    return err;
  }

  /** Writes text to standard output as it is. */
  public void print(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  public void printLine(String line) throws IOException {
    print(line + "\n");
  }

  /** Writes a line to standard error. */
  public void error(String line) throws IOException {
    err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    err.flush();
  }

  /** A stream whose failures are known to be the console's. */
  private static final class Written extends OutputStream {
    private final OutputStream target;

    Written(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      try {
        target.write(source, offset, length);
      } catch (IOException e) {
        throw new ConsoleClosedException(e);
      }
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }
  }
}
