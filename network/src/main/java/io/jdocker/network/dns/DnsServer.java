package io.jdocker.network.dns;

import io.jdocker.linux.Kernel;
import io.jdocker.network.poll.PollLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The name servers of all containers on one thread, which is started with the first and ends with
 * the last, and sleeps while nobody asks. Thread-safe.
 */
public final class DnsServer implements AutoCloseable {
  private final Kernel kernel;
  private final Map<String, ServedContainer> containers = new HashMap<>();
  private final DnsCounts counts = new DnsCounts();
  private Running running;

  public DnsServer(Kernel kernel) {
    this.kernel = kernel;
  }

  /** What has been asked since this was made. */
  public DnsCounts counts() {
    return counts;
  }

  /** What lives as long as the thread; its map is touched by that alone. */
  private static final class Running {
    private final PollLoop loop;
    private final Buffer buffer = new Buffer();
    private final Responder responder = new Responder();
    private final Map<String, ContainerServer> servers = new HashMap<>();

    Running(Kernel kernel) {
      this.loop = new PollLoop(kernel);
      loop.start("dns");
    }

    void stop() {
      servers.values().forEach(ContainerServer::close);
      servers.clear();
      loop.stop();
      buffer.close();
    }
  }

  /**
   * Answers a container from now on; the sockets are the server's, save where it throws.
   *
   * @throws io.jdocker.linux.SyscallException when the machine has no room for it
   */
  public synchronized void serve(String containerId, ServedContainer container) {
    if (containers.containsKey(containerId)) {
      throw new IllegalStateException("container " + containerId + " is served already");
    }
    Running at = running == null ? new Running(kernel) : running;
    try {
      onLoop(
          at,
          () ->
              at.servers.put(
                  containerId,
                  new ContainerServer(
                      kernel, at.loop, at.buffer, at.responder, counts, container)));
    } catch (RuntimeException e) {
      if (running == null) {
        at.loop.submit(at::stop);
      }
      throw e;
    }
    running = at;
    containers.put(containerId, container);
  }

  /** Runs a task on the loop's thread, and throws what it throws here instead of there. */
  private static void onLoop(Running at, Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    at.loop.submit(
        () -> {
          try {
            task.run();
            done.complete(null);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    try {
      done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refused ? refused : e;
    }
  }

  /** Who is served under that id. */
  public synchronized Optional<ServedContainer> find(String containerId) {
    return Optional.ofNullable(containers.get(containerId));
  }

  /** Answers a container no more; returns once its sockets are closed. Idempotent. */
  public void end(String containerId) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      if (containers.remove(containerId) == null) {
        return;
      }
      Running at = running;
      boolean last = containers.isEmpty();
      if (last) {
        running = null;
      }
      at.loop.submit(
          () -> {
            try {
              Optional.ofNullable(at.servers.remove(containerId)).ifPresent(ContainerServer::close);
              if (last) {
                at.stop();
              }
            } finally {
              done.complete(null); // the caller waits, whatever happened
            }
          });
    }
    done.join();
  }

  /** Ends all of them. */
  @Override
  public synchronized void close() {
    containers.clear();
    if (running != null) {
      Running at = running;
      running = null;
      at.loop.submit(at::stop);
    }
  }
}
