package io.jdocker.cli.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One connection to the engine. Reading and writing may go on in two threads at once.
 *
 * <p>Own stream classes, because those of java.nio.channels.Channels share one lock on a
 * SocketChannel (before JDK 19): a reader that waits would hold up the writer for ever.
 */
public final class Connection implements Closeable {
  private static final int BUFFER_SIZE = 16 * 1024;

  private final SocketChannel channel;
  private final InputStream in = new ChannelInput();
  private final OutputStream out = new ChannelOutput();
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_SIZE).flip();

  Connection(SocketChannel channel) {
    this.channel = channel;
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
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class ChannelInput extends InputStream {
    @Override
    public int read() throws IOException {
      return fill() ? received.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, received.remaining());
      received.get(target, offset, count);
      return count;
    }

    private boolean fill() throws IOException {
      if (received.hasRemaining()) {
        return true;
      }
      received.clear();
      int count = channel.read(received);
      received.flip();
      return count > 0;
    }
  }

  private final class ChannelOutput extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(source, offset, length);
      while (rest.hasRemaining()) {
        if (channel.write(rest) < 0) {
          throw new IOException("connection closed");
        }
      }
    }
  }
}
