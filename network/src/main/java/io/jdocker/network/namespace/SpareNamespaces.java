package io.jdocker.network.namespace;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.namespace.NamespaceThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A few network namespaces made ahead of need, so that the start of a container does not wait for
 * one. They are held by open descriptors alone: nobody sees them, and the kernel removes them when
 * the engine ends in whatever way. Filled by a thread that ends when the stock is full.
 * Thread-safe.
 */
final class SpareNamespaces implements AutoCloseable {
  private final NamespaceMaker maker;
  private final NamespaceThread threads;
  private final int wanted;
  private final UnaryOperator<OpenNamespace> finish;
  private final Deque<OpenNamespace> stock = new ArrayDeque<>();
  private boolean filling;
  private boolean closed;

  /**
   * Keeps a stock.
   *
   * @param finish the last thing done to each that is made ahead of need
   */
  SpareNamespaces(Kernel kernel, int wanted, UnaryOperator<OpenNamespace> finish) {
    this.finish = finish;
    this.maker = new NamespaceMaker(kernel);
    this.threads = new NamespaceThread(kernel);
    this.wanted = wanted;
  }

  /** A fresh namespace: one of the stock, or one made now. */
  OpenNamespace take() {
    return poll().orElseGet(() -> threads.inNew(maker::prepare));
  }

  /** One of the stock, which is filled from the first call on. */
  synchronized Optional<OpenNamespace> poll() {
    Optional<OpenNamespace> spare = Optional.ofNullable(stock.poll());
    refill();
    return spare;
  }

  private void refill() {
    if (!filling && !closed && stock.size() < wanted) {
      filling = true;
      Thread thread = new Thread(this::fill, "spare-namespaces");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Each unshare(2) leaves the namespace before; the last one is left when the thread ends. */
  private void fill() {
    while (true) {
      OpenNamespace made;
      try {
        made = finished(maker.make());
      } catch (RuntimeException e) {
        stopFilling(); // take() meets the same error itself and reports it
        return;
      }
      synchronized (this) {
        if (closed) {
          made.close();
          return;
        }
        stock.add(made);
        if (stock.size() >= wanted) {
          filling = false;
          return;
        }
      }
    }
  }

  private OpenNamespace finished(OpenNamespace made) {
    try {
      return finish.apply(made);
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  private synchronized void stopFilling() {
    filling = false;
  }

  @Override
  public synchronized void close() {
    closed = true;
    stock.forEach(OpenNamespace::close);
    stock.clear();
  }
}
