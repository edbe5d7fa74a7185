package io.jdocker.runtime.container;

import io.jdocker.linux.failure.EngineException;
import java.io.UncheckedIOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Moves what containers' starts and ends did to the kernel from memory to files: some time later,
 * so that no start waits for it and a container that is soon removed never costs a file.
 * Thread-safe.
 */
final class TraceArchive implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TraceArchive.class.getName());
  private static final int DELAY_SECONDS = 2;
  private static final int IDLE_SECONDS = 10;

  // One thread: saving is never urgent, and must not take a processor from starts.
  private final ScheduledThreadPoolExecutor later =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "jdocker-traces");
            thread.setDaemon(true);
            return thread;
          });

  TraceArchive() {
    later.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    later.allowCoreThreadTimeOut(true);
  }

  /** Saves it in the background; after close nothing is. */
  void saveSoon(Container container) {
    if (!later.isShutdown()) {
      // save reports its failures itself
      Future<?> unused = later.schedule(() -> save(container), DELAY_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Saves it now, unless the container is on its way out. */
  void save(Container container) {
    // A removal holds the lock, too: nothing is written into a folder that is being deleted.
    container.lock().lock();
    try {
      if (container.state().status() != Status.REMOVING) {
        container.recording().save();
      }
    } catch (EngineException | UncheckedIOException e) {
      // Only explain misses it; the container itself is well.
      LOG.log(System.Logger.Level.WARNING, "the trace of {0} is lost: {1}", container.id(), e);
    } finally {
      container.lock().unlock();
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
