package io.jdocker.runtime.stdio;

import io.jdocker.linux.Fd;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.SyscallException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import jnr.constants.platform.Errno;

/**
 * The reading end of one output stream. For the loop's thread alone, save {@link #start}.
 *
 * <p>While a client has too much waiting it is not watched at all: epoll reports a hang-up even
 * with an empty mask, and would spin.
 */
final class OutputPipe {
  private static final Logger LOGGER = System.getLogger(OutputPipe.class.getName());

  /** Reads that {@link #finish} makes at most: what the largest pipe holds (1 MB, pipe(7)). */
  private static final int LAST_READS = 1024 * 1024 / ReadBuffer.SIZE;

  private final EventLoop loop;
  private final StreamHub hub;
  private final Fd fd;
  private final int stream;
  private final Runnable onEnd;
  private boolean watched;
  private boolean ended;

  OutputPipe(EventLoop loop, StreamHub hub, Fd fd, int stream, Runnable onEnd) {
    this.loop = loop;
    this.hub = hub;
    this.fd = fd;
    this.stream = stream;
    this.onEnd = onEnd;
  }

  /** Begins to read; the descriptor is non-blocking. */
  void start() {
    watched = true;
    loop.watch(fd, PollCalls.EPOLLIN, mask -> read());
  }

  /** Watches again, unless the client is full still. */
  void resume() {
    if (!ended && !watched && !hub.isStalled(stream)) {
      start();
    }
  }

  /** Takes what is there, whether clients have room or not, and ends the stream. */
  void finish() {
    for (int i = 0; i < LAST_READS && !ended; i++) {
      int count = loop.readBuffer().read(fd, stream, hub);
      if (count <= 0) {
        break;
      }
      hub.deliver(stream, loop.readBuffer().bytes(), count);
      loop.readBuffer().delivered(count);
    }
    end();
  }

  /** Reads no more and closes the descriptor; what the process writes stays in the pipe. */
  void stop() {
    if (ended) {
      return;
    }
    ended = true;
    unwatch();
    fd.close();
  }

  private void read() {
    int count = loop.readBuffer().read(fd, stream, hub);
    if (count > 0) {
      boolean stalled = hub.deliver(stream, loop.readBuffer().bytes(), count);
      loop.readBuffer().delivered(count);
      if (stalled) {
        unwatch();
      }
    } else if (count != -Errno.EAGAIN.intValue()) {
      // A pty's master answers EIO once nobody has the terminal open.
      if (count != 0 && count != -Errno.EIO.intValue()) {
        LOGGER.log(
            Level.WARNING,
            "output stream {0} ends early: read: {1}",
            stream,
            SyscallException.describe(-count));
      }
      end();
    }
  }

  private void end() {
    if (!ended) {
      stop();
      onEnd.run();
    }
  }

  private void unwatch() {
    if (watched) {
      watched = false;
      loop.unwatch(fd);
    }
  }
}
