package io.jdocker.daemon.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The open connections, of which there are never more than the limit. Clients keep connections that
 * they may never use again; when the limit is reached the one idle longest makes room. Thread-safe.
 */
final class Connections {
  private final Set<HttpConnection> open = new HashSet<>();
  private final int limit;

  Connections(int limit) {
    this.limit = limit;
  }

  /** Adds a connection; false when all places are taken by connections that have a request. */
  boolean admit(HttpConnection connection) {
    Optional<HttpConnection> idle = Optional.empty();
    synchronized (this) {
      if (open.size() >= limit) {
        idle =
            open.stream()
                .filter(each -> each.idleSince() != 0)
                .min(Comparator.comparingLong(HttpConnection::idleSince));
        if (idle.isEmpty()) {
          return false;
        }
        open.remove(idle.get());
      }
      open.add(connection);
    }
    idle.ifPresent(HttpConnection::close);
    return true;
  }

  synchronized void remove(HttpConnection connection) {
    open.remove(connection);
    notifyAll();
  }

  /** Closes the idle ones at once, the others when they have answered or the time is over. */
  void close(Duration grace) {
    snapshot().stream().filter(each -> each.idleSince() != 0).forEach(HttpConnection::close);
    awaitNone(System.nanoTime() + grace.toNanos());
    snapshot().forEach(HttpConnection::close);
  }

  private synchronized List<HttpConnection> snapshot() {
    return List.copyOf(open);
  }

  private synchronized void awaitNone(long end) {
    try {
      for (long left = end - System.nanoTime();
          !open.isEmpty() && left > 0;
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
