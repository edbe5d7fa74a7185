package io.jdocker.runtime.stdio;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.PollCalls;
import jnr.constants.platform.Errno;

/**
 * The writing end of a process' standard input, fed from a queue. For the loop's thread alone. The
 * descriptor is non-blocking.
 */
final class InputPipe {
  private final Kernel kernel;
  private final EventLoop loop;
  private final Fd fd;
  private final StdinQueue queue;
  private int writtenOfHead;
  private boolean watched;
  private boolean closed;

  InputPipe(Kernel kernel, EventLoop loop, Fd fd, StdinQueue queue) {
    this.kernel = kernel;
    this.loop = loop;
    this.fd = fd;
    this.queue = queue;
  }

  /** Writes what the pipe takes now; the rest when epoll says so. */
  void pump() {
    while (!closed) {
      byte[] head = queue.head().orElse(null);
      if (head == null) {
        unwatch();
        if (queue.atEnd()) {
          close();
        }
        return;
      }
      long count = write(head);
      if (Kernel.failedWith(count, Errno.EAGAIN)) {
        watch();
        return;
      }
      if (count < 0) {
        // EPIPE, or EIO of a terminal: nobody reads it any more. Not an error: `yes | head` is
        // alike.
        close();
        return;
      }
      writtenOfHead += (int) count;
      if (writtenOfHead == head.length) {
        writtenOfHead = 0;
        queue.consumed();
      }
    }
  }

  /** Closes the descriptor, so that the process reads the end of file; releases the clients. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    unwatch();
    fd.close();
    queue.close();
  }

  private long write(byte[] head) {
    int rest = head.length - writtenOfHead;
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(rest);
      NativeArena.putBytes(buffer, head, writtenOfHead, rest);
      return kernel.files().write(fd.number(), buffer, rest);
    }
  }

  private void watch() {
    if (!watched) {
      watched = true;
      loop.watch(fd, PollCalls.EPOLLOUT, mask -> pump());
    }
  }

  private void unwatch() {
    if (watched) {
      watched = false;
      loop.unwatch(fd);
    }
  }
}
