package io.jdocker.cli.compose.act;

import io.jdocker.cli.CommandFailure;
import io.jdocker.compose.order.StartOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Does the same for each name of a graph: as many at once as the graph allows. After a failure what
 * waits for the failed one is left out, and what runs is let end.
 */
public final class Together {
  /** The work for one name. */
  public interface Work {
    void run(String name) throws IOException;
  }

  private final Semaphore slots;

  /** At most {@code most} at a time; 0 and less for any number. */
  public Together(int most) {
    this.slots = new Semaphore(most <= 0 ? Integer.MAX_VALUE : most);
  }

  /** Does all of it, and throws what went wrong first. */
  public void run(StartOrder order, Work work) throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool(Together::daemon);
    Map<String, CompletableFuture<Void>> ends = new LinkedHashMap<>();
    try {
      for (String name : order.sequence()) {
        List<CompletableFuture<Void>> before = new ArrayList<>();
        order.neededBy(name).forEach(needed -> before.add(ends.get(needed)));
        ends.put(
            name,
            CompletableFuture.allOf(before.toArray(new CompletableFuture<?>[0]))
                .thenRunAsync(() -> one(name, work), threads));
      }
      await(ends.values());
    } finally {
      threads.shutdown();
    }
  }

  /** The same for names of which none waits for another. */
  public void each(Iterable<String> names, Work work) throws IOException {
    Map<String, List<String>> free = new LinkedHashMap<>();
    names.forEach(name -> free.put(name, List.of()));
    run(StartOrder.of(free), work);
  }

  private void one(String name, Work work) {
    slots.acquireUninterruptibly();
    try {
      work.run(name);
    } catch (IOException e) {
      throw new CompletionException(e);
    } finally {
      slots.release();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "compose");
    thread.setDaemon(true);
    return thread;
  }

  private static void await(Iterable<CompletableFuture<Void>> ends) throws IOException {
    Throwable first = null;
    for (CompletableFuture<Void> end : ends) {
      try {
        end.get();
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        while (cause instanceof CompletionException && cause.getCause() != null) {
          cause = cause.getCause();
        }
        first = first == null ? cause : first;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted");
      }
    }
    if (first instanceof IOException failure) {
      throw failure;
    }
    if (first instanceof RuntimeException failure && !(first instanceof CancellationException)) {
      throw failure;
    }
    if (first != null) {
      throw new IllegalStateException(first);
    }
  }
}
