package io.jdocker.cli.compose.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Takes bytes of one stream and writes whole lines, each behind a prefix, to a shared one. */
final class LinePrinter extends OutputStream {
  private final OutputStream target;
  private final byte[] prefix;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LinePrinter(OutputStream target, String prefix) {
    this.target = target;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void write(int value) throws IOException {
    if (value == '\n') {
      end();
    } else {
      line.write(value);
    }
  }

  private void end() throws IOException {
    byte[] text = line.toByteArray();
    line.reset();
    byte[] whole = new byte[prefix.length + text.length + 1];
    System.arraycopy(prefix, 0, whole, 0, prefix.length);
    System.arraycopy(text, 0, whole, prefix.length, text.length);
    whole[whole.length - 1] = '\n';
    synchronized (target) {
      target.write(whole);
      target.flush();
    }
  }

  /** Writes what has no end of line yet. */
  @Override
  public void close() throws IOException {
    if (line.size() > 0) {
      end();
    }
  }
}
