package io.jdocker.network.dns;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import io.jdocker.network.poll.PollLoop;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;

/** A container's TCP connection to its name server. On the loop's thread only. */
final class ClientConnection {
  /** RFC 7766 wants a few seconds; who has more to ask connects again. */
  private static final int IDLE_MILLIS = 10_000;

  private final Kernel kernel;
  private final PollLoop loop;
  private final Buffer buffer;
  private final Fd socket;
  private final BiConsumer<byte[], Consumer<byte[]>> ask;
  private final Consumer<ClientConnection> ended;
  private final Frames frames = new Frames();
  private final long key;
  private PollLoop.Timer timer;
  private boolean closed;

  /**
   * @param ask what to do with a query, and with whom to leave the answer
   */
  ClientConnection(
      Kernel kernel,
      PollLoop loop,
      Buffer buffer,
      Fd socket,
      BiConsumer<byte[], Consumer<byte[]>> ask,
      Consumer<ClientConnection> ended) {
    this.kernel = kernel;
    this.loop = loop;
    this.buffer = buffer;
    this.socket = socket;
    this.ask = ask;
    this.ended = ended;
    this.timer = loop.after(IDLE_MILLIS, this::close);
    this.key = loop.watch(socket, PollCalls.EPOLLIN, mask -> read());
  }

  private void read() {
    long length = kernel.files().read(socket.number(), buffer.address(), Buffer.SIZE);
    if (Kernel.failedWith(length, Errno.EAGAIN)) {
      return;
    }
    if (length <= 0) {
      close();
      return;
    }
    timer.cancel();
    timer = loop.after(IDLE_MILLIS, this::close);
    frames.add(buffer.copy((int) length));
    for (Optional<byte[]> query = frames.next();
        query.isPresent() && !closed;
        query = frames.next()) {
      ask.accept(query.get(), this::write);
    }
  }

  private void write(byte[] answer) {
    if (closed) {
      return;
    }
    byte[] framed = Frames.framed(answer);
    long written = kernel.files().write(socket.number(), buffer.hold(framed), framed.length);
    if (written != framed.length) {
      close(); // it asks without ever reading
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      timer.cancel();
      loop.forget(socket, key);
      ended.accept(this);
    }
  }
}
