package io.jdocker.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * Notices that a client has left while its answer is still being made: a blocked read returns then.
 * What it reads instead is the start of the next request, and goes into the buffer where the parser
 * will look for it. So a read once begun is awaited before the next request is parsed.
 */
final class ClientWatch {
  private final SessionInputBufferImpl buffer;
  private final InputStream socket;
  private final Executor threads;
  private final AtomicReference<Runnable> action = new AtomicReference<>();
  private CountDownLatch reading = new CountDownLatch(0);

  ClientWatch(SessionInputBufferImpl buffer, InputStream socket, Executor threads) {
    this.buffer = buffer;
    this.socket = socket;
    this.threads = threads;
  }

  /** Runs the action when the client leaves before {@link #forget}. */
  void begin(Runnable whenLeft) {
    if (!action.compareAndSet(null, whenLeft)) {
      throw new IllegalStateException("the client is watched already");
    }
    if (buffer.hasBufferedData()) {
      // A client that has sent its next request ahead is there; its leaving is seen when writing.
      return;
    }
    CountDownLatch done = new CountDownLatch(1);
    reading = done;
    threads.execute(() -> read(done));
  }

  private void read(CountDownLatch done) {
    boolean left;
    try {
      left = buffer.fillBuffer(socket) < 0;
    } catch (IOException e) {
      left = true;
    } finally {
      done.countDown();
    }
    Runnable run = action.getAndSet(null);
    if (left && run != null) {
      run.run();
    }
  }

  /** The answer is made: from now on the client may leave. */
  void forget() {
    action.set(null);
  }

  /** Waits for the end of a read that was begun; the buffer is the caller's alone after it. */
  void finish() throws IOException {
    try {
      reading.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a request", e);
    }
  }
}
