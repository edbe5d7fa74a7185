package io.jdocker.network.ports;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.PollCalls.Event;
import io.jdocker.linux.SyscallException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The relay's epoll(7) loop: one thread, which alone touches listeners and connections. Others talk
 * to it by tasks.
 */
final class RelayLoop implements Runnable {
  private static final int EVENTS = 64;
  private static final int SWEEP_MILLIS = 30_000;

  /** What happens when a descriptor is ready. */
  interface Handler {
    void ready(int mask);
  }

  /** One published port. */
  interface Listener {
    /** Gives back what is idle. */
    void sweep();

    /** Ends it; its socket stays open. */
    void close();
  }

  private final Kernel kernel;
  private final Fd epoll;
  private final Fd wakeup;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Map<Long, Handler> handlers = new HashMap<>();
  private final Map<Fd, Listener> listeners = new HashMap<>();
  private long lastKey;
  private boolean stopped;

  RelayLoop(Kernel kernel) {
    this.kernel = kernel;
    this.epoll = kernel.polls().createEpoll();
    this.wakeup = kernel.polls().createEvent();
    watch(wakeup, PollCalls.EPOLLIN, mask -> runTasks());
  }

  /** Runs a task on the loop's thread, soon; from any thread. */
  void submit(Runnable task) {
    tasks.add(task);
    kernel.polls().signal(wakeup);
  }

  @Override
  public void run() {
    try (epoll;
        wakeup) {
      while (!stopped) {
        List<Event> ready = kernel.polls().wait(epoll, EVENTS, SWEEP_MILLIS);
        if (ready.isEmpty()) {
          listeners.values().forEach(Listener::sweep);
        }
        for (Event event : ready) {
          // An event before it in the same batch may have closed what it is for.
          Optional.ofNullable(handlers.get(event.key())).ifPresent(h -> h.ready(event.mask()));
        }
      }
    }
  }

  private void runTasks() {
    kernel.polls().drain(wakeup);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  void add(Fd socket, Listener listener) {
    listeners.put(socket, listener);
  }

  void remove(Fd socket) {
    Optional.ofNullable(listeners.remove(socket)).ifPresent(Listener::close);
  }

  /** Ends everything; the loop ends with the batch at hand. */
  void stop() {
    listeners.values().forEach(Listener::close);
    listeners.clear();
    stopped = true;
  }

  /** Watches a descriptor; the key is for {@link #change}, {@link #forget}, {@link #release}. */
  long watch(Fd fd, int mask, Handler handler) {
    long key = ++lastKey;
    handlers.put(key, handler);
    kernel.polls().add(epoll, fd, mask, key);
    return key;
  }

  void change(Fd fd, int mask, long key) {
    kernel.polls().modify(epoll, fd, mask, key);
  }

  /** Watches it no more and closes it. */
  void forget(Fd fd, long key) {
    handlers.remove(key);
    fd.close();
  }

  /** As {@link #forget}, for a descriptor that stays open. */
  void release(Fd fd, long key) {
    handlers.remove(key);
    try {
      kernel.polls().remove(epoll, fd);
    } catch (SyscallException | IllegalStateException closedBefore) {
      return; // epoll lets go of a descriptor that its owner has closed
    }
  }
}
