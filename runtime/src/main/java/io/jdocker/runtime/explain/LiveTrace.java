package io.jdocker.runtime.explain;

import io.jdocker.linux.trace.TraceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands effects to those who watch, as they happen. Costs nothing while nobody does. */
public final class LiveTrace {
  private final List<Watch> watches = new ArrayList<>();

  /** Whoever watches from now on gets what happens from now on. */
  public synchronized Watch watch() {
    Watch watch = new Watch();
    watches.add(watch);
    return watch;
  }

  /** True while somebody watches. */
  public synchronized boolean isWatched() {
    return !watches.isEmpty();
  }

  synchronized void publish(TraceEntry entry) {
    watches.forEach(watch -> watch.queue.add(Optional.of(entry)));
  }

  /** The container has ended or is gone: each watch ends with what came so far. */
  public synchronized void end() {
    watches.forEach(watch -> watch.queue.add(Optional.empty()));
    watches.clear();
  }

  /** One who watches. Effects of one run are a few hundred, so none is dropped. */
  public final class Watch implements AutoCloseable {
    private final BlockingQueue<Optional<TraceEntry>> queue = new LinkedBlockingQueue<>();

    /** Waits for the next effect; empty at the end, after which it must not be asked again. */
    public Optional<TraceEntry> take() throws InterruptedException {
      return queue.take();
    }

    @Override
    public void close() {
      synchronized (LiveTrace.this) {
        watches.remove(this);
      }
    }
  }
}
