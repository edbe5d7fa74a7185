package io.jdocker.cli.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One connection to the engine. Reading and writing may go on in two threads at once. */
public final class Connection implements Closeable {
  private static final int BUFFER_SIZE = 16 * 1024;

  private final ByteTransport transport;
  private final InputStream in = new ChannelInput();
  private final OutputStream out = new ChannelOutput();
  private final byte[] received = new byte[BUFFER_SIZE];
  private int start;
  private int end;

  Connection(ByteTransport transport) {
    this.transport = transport;
  }

  /** What the engine sends, buffered. */
  public InputStream in() {
    return in;
  }

  /** What goes to the engine, unbuffered. */
  public OutputStream out() {
    return out;
  }

  /** Half-closes: the engine sees the end of input, and can go on sending. */
  public void shutdownOutput() throws IOException {
    transport.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }

  private final class ChannelInput extends InputStream {
    @Override
    public int read() throws IOException {
      return fill() ? received[start++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, end - start);
      System.arraycopy(received, start, target, offset, count);
      start += count;
      return count;
    }

    private boolean fill() throws IOException {
      if (start == end) {
        start = 0;
        end = Math.max(0, transport.read(received, 0, received.length));
      }
      return start < end;
    }
  }

  private final class ChannelOutput extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      transport.write(source, offset, length);
    }
  }
}
