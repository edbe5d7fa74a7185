package io.jdocker.network.overlay;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.network.etcd.Change;
import io.jdocker.network.etcd.CompactedException;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.EtcdWatch;
import io.jdocker.network.etcd.KeyValue;
import io.jdocker.network.etcd.Listing;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows everything below a prefix of the store, for as long as it is open: lists it, watches from
 * there, and lists it again where the store has forgotten too much (compaction) or was away. One
 * thread, which calls the reader.
 */
final class Mirror implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Mirror.class.getName());
  private static final long FIRST_PAUSE_NANOS = 100_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000_000L;

  /** Who is told. What it throws is logged, and everything is listed again after a pause. */
  interface Reader {
    /** This is all there is now. */
    void listed(List<KeyValue> entries);

    void put(KeyValue entry);

    void deleted(String key);
  }

  private final EtcdClient store;
  private final String prefix;
  private final Reader reader;
  private final StoreHealth health;
  private final Thread thread;
  private long pause = FIRST_PAUSE_NANOS;
  private volatile boolean closed;
  private EtcdWatch watch;

  /** Begins at once, on a thread of the caller's network namespace. */
  Mirror(EtcdClient store, String prefix, Reader reader, StoreHealth health) {
    this.store = store;
    this.prefix = prefix;
    this.reader = reader;
    this.health = health;
    this.thread = new Thread(this::follow, "cluster-mirror");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    while (!closed) {
      try {
        Listing listing = store.list(prefix);
        health.works();
        reader.listed(listing.entries());
        pause = FIRST_PAUSE_NANOS;
        watch(listing.revision() + 1);
      } catch (CompactedException e) {
        LOG.log(Level.DEBUG, "{0}: listing {1} again", e.getMessage(), prefix);
      } catch (IOException e) {
        rest("cluster store " + store.description() + " has ended a watch: " + e.getMessage());
      } catch (EngineException e) {
        rest(e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "cannot follow the cluster below " + prefix, e);
        rest("cannot follow the cluster: " + e);
      }
    }
  }

  private void rest(String reason) {
    if (!closed) {
      health.fails(reason);
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
  }

  /** Watches from a revision until something is wrong; a quiet watch is begun again. */
  private void watch(long first) throws IOException {
    long revision = first;
    while (!closed) {
      try (EtcdWatch begun = begin(revision)) {
        health.works();
        List<Change> changes = begun.next();
        while (!changes.isEmpty()) {
          changes.forEach(this::tell);
          revision = changes.get(changes.size() - 1).revision() + 1;
          changes = begun.next();
        }
      }
    }
  }

  private EtcdWatch begin(long revision) throws IOException {
    EtcdWatch begun = store.watch(prefix, revision);
    synchronized (this) {
      watch = begun;
    }
    if (closed) { // close() may have looked before there was anything to close
      begun.close();
    }
    return begun;
  }

  private void tell(Change change) {
    if (change instanceof Change.Put put) {
      reader.put(put.entry());
    } else if (change instanceof Change.Deleted deleted) {
      reader.deleted(deleted.key());
    }
  }

  /** Ends it; the reader is not called afterwards, unless the call is the reader's own. */
  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      if (watch != null) {
        try {
          watch.close();
        } catch (IOException e) {
          LOG.log(Level.DEBUG, "closing a watch", e);
        }
      }
    }
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // the reader must not be called any more
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
