package io.jdocker.network.dns;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.network.poll.PollLoop;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;

/**
 * One question on its way through a container's servers. Each gets a socket of its own, connected,
 * so that nobody else can answer, from a port that the kernel chooses. On the loop's thread only.
 */
abstract class Forward {
  /** Less than the 5 s after which a client asks again, so that a second server has its turn. */
  private static final int PATIENCE_MILLIS = 2000;

  /**
   * What is asked for.
   *
   * @param message the query as the container sent it
   * @param done gets the last answer that a server gave, or nothing when none did
   */
  record Errand(
      Kernel kernel,
      PollLoop loop,
      OutsideSockets sockets,
      Buffer buffer,
      Octets message,
      Upstreams upstreams,
      Consumer<Optional<byte[]>> done) {}

  private final Errand errand;
  private final Iterator<Upstreams.Server> servers;
  private Optional<byte[]> last = Optional.empty();
  private Fd socket;
  private long key;
  private PollLoop.Timer timer;

  Forward(Errand errand) {
    this.errand = errand;
    this.servers = errand.upstreams().servers().iterator();
  }

  /** Asks the next server; tells when there is none. */
  final void start() {
    while (servers.hasNext()) {
      if (connect(servers.next())) {
        timer = errand.loop().after(PATIENCE_MILLIS, this::next);
        key = errand.loop().watch(socket, firstMask(), this::ready);
        begin();
        return;
      }
    }
    errand.done().accept(last);
  }

  /** False without a route there, or where the namespace is gone. */
  private boolean connect(Upstreams.Server server) {
    try {
      socket = errand.sockets().connect(server, isStream());
      return true;
    } catch (SyscallException unreachable) {
      return false;
    }
  }

  abstract boolean isStream();

  /** What to wait for first. */
  abstract int firstMask();

  /** A server has been connected to, or is about to be. */
  abstract void begin();

  /**
   * The socket is ready.
   *
   * @return the answer, when it is complete
   * @throws EndOfStreamException when none will come
   */
  abstract Optional<byte[]> advance(int mask) throws EndOfStreamException;

  private void ready(int mask) {
    if ((mask & PollCalls.EPOLLERR) != 0) {
      next(); // refused: nobody listens there
      return;
    }
    try {
      advance(mask).filter(this::belongs).ifPresent(this::answered);
    } catch (EndOfStreamException failed) {
      next();
    }
  }

  private boolean belongs(byte[] answer) {
    return answer.length >= Query.HEADER
        && errand.message().startsLike(answer, Short.BYTES) // the id
        && (answer[2] & 0x80) != 0;
  }

  private void answered(byte[] answer) {
    last = Optional.of(answer);
    if (ResponseCode.isPassing(answer[3] & 0xf) && servers.hasNext()) {
      next();
    } else {
      abandon();
      errand.done().accept(last);
    }
  }

  private void next() {
    abandon();
    start();
  }

  /** Ends the attempt at hand; nobody is told. */
  final void abandon() {
    timer.cancel();
    errand.loop().forget(socket, key);
  }

  /** Sends bytes that an empty send buffer always takes. */
  final void send(byte[] bytes) {
    // What is not sent now is missed by the timer, as a lost datagram is.
    errand.kernel().files().write(socket.number(), errand.buffer().hold(bytes), bytes.length);
  }

  /** What has arrived; empty for nothing yet. */
  final Optional<byte[]> receive() throws EndOfStreamException {
    Buffer buffer = errand.buffer();
    long length = errand.kernel().files().read(socket.number(), buffer.address(), Buffer.SIZE);
    if (Kernel.failedWith(length, Errno.EAGAIN)) {
      return Optional.empty();
    }
    if (length <= 0) {
      throw new EndOfStreamException();
    }
    return Optional.of(buffer.copy((int) length));
  }

  final void await(int mask) {
    errand.loop().change(socket, mask, key);
  }

  final byte[] message() {
    return errand.message().copy();
  }

  /** The server refused, or closed the connection before the answer was complete. */
  static final class EndOfStreamException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
