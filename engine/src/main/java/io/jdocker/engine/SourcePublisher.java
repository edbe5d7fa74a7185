package io.jdocker.engine;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * Publishes what comes from a source, a source and a thread to each subscriber. Nothing is taken
 * from a source before somebody asks for it, so a slow subscriber slows nobody else.
 */
final class SourcePublisher<T> implements Flow.Publisher<T> {
  private final String name;
  private final Supplier<Source<T>> sources;
  private final Set<Subscription> active = ConcurrentHashMap.newKeySet();

  /**
   * @param name of the threads
   * @param sources opens one for a subscriber, in the thread that subscribes
   */
  SourcePublisher(String name, Supplier<Source<T>> sources) {
    this.name = name;
    this.sources = sources;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    Source<T> source;
    try {
      source = sources.get();
    } catch (RuntimeException e) {
      // Reactive Streams 1.9: whoever subscribes is told so first, whatever comes of it.
      subscriber.onSubscribe(new NothingToAskFor());
      subscriber.onError(e);
      return;
    }
    Subscription subscription = new Subscription(subscriber, source);
    active.add(subscription);
    subscriber.onSubscribe(subscription);
    subscription.thread.start();
  }

  /** No more comes: every subscriber is told that it is complete. */
  void finish() {
    active.forEach(Subscription::finish);
  }

  private static final class NothingToAskFor implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  private final class Subscription implements Flow.Subscription {
    private final Flow.Subscriber<? super T> subscriber;
    private final Source<T> source;
    private final Thread thread;
    private long demand;
    private boolean cancelled;
    private boolean finished;
    private boolean misused;

    Subscription(Flow.Subscriber<? super T> subscriber, Source<T> source) {
      this.subscriber = subscriber;
      this.source = source;
      this.thread = new Thread(this::run, name);
      thread.setDaemon(true);
    }

    @Override
    public synchronized void request(long count) {
      if (count <= 0) {
        misused = true;
        thread.interrupt();
      } else {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
      }
      notifyAll();
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      thread.interrupt();
      notifyAll();
    }

    synchronized void finish() {
      finished = true;
      thread.interrupt();
      notifyAll();
    }

    private void run() {
      try (source) {
        Optional<T> item = take();
        while (item.isPresent()) {
          subscriber.onNext(item.get());
          item = take();
        }
        end();
      } catch (RuntimeException e) {
        if (!isCancelled()) {
          subscriber.onError(e);
        }
      } finally {
        active.remove(this);
      }
    }

    private Optional<T> take() {
      try {
        synchronized (this) {
          while (demand == 0 && !isOver()) {
            wait();
          }
          if (isOver()) {
            return Optional.empty();
          }
          demand--;
        }
        return source.next();
      } catch (InterruptedException e) {
        return Optional.empty(); // cancel, finish or a wrong request: the thread ends
      }
    }

    private synchronized boolean isOver() {
      return cancelled || finished || misused;
    }

    private synchronized boolean isCancelled() {
      return cancelled;
    }

    private void end() {
      boolean wrong;
      synchronized (this) {
        if (cancelled) {
          return;
        }
        wrong = misused;
      }
      if (wrong) {
        subscriber.onError(
            new IllegalArgumentException("a subscriber must request at least one item"));
      } else {
        subscriber.onComplete();
      }
    }
  }
}
