package io.jdocker.runtime.stdio;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.durable.Undo;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One platform thread that waits with epoll(7) for every descriptor of the engine. A thread for
 * each pipe costs 43 KB of memory, and virtual threads starve: a blocking read of a pipe pins its
 * carrier.
 *
 * <p>Thread-safe. Handlers and tasks run on the loop's thread, one after another, and must be
 * quick: what may block belongs on an executor of the caller. What one of them throws is logged and
 * ends only itself.
 */
public final class EventLoop implements Executor, AutoCloseable {
  /** What to do when a descriptor is ready; the mask is made of {@code PollCalls.EPOLL*}. */
  @FunctionalInterface
  public interface Handler {
    void ready(int mask);
  }

  private static final Logger LOGGER = System.getLogger(EventLoop.class.getName());
  private static final long WAKE_KEY = 0;
  private static final int EVENTS_AT_ONCE = 256;

  private final Kernel kernel;
  private final Fd epoll;
  private final Fd wake;
  private final Thread thread;
  private final ReadBuffer readBuffer;
  private final AtomicLong lastKey = new AtomicLong(WAKE_KEY);
  private final Map<Long, Registration> byKey = new ConcurrentHashMap<>();
  private final Map<Fd, Registration> byDescriptor = new ConcurrentHashMap<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile boolean closing;

  private EventLoop(Kernel kernel, Fd epoll, Fd wake, Optional<OutputJournal> journal) {
    this.kernel = kernel;
    this.epoll = epoll;
    this.wake = wake;
    this.readBuffer = new ReadBuffer(kernel, journal);
    this.thread = new Thread(this::run, "jdocker-epoll");
    thread.setDaemon(true);
  }

  /** Opens the epoll descriptor and starts the thread. */
  public static EventLoop start(Kernel kernel) {
    return start(kernel, Optional.empty());
  }

  /**
   * As {@link #start(Kernel)}, with a journal, so that no output is lost with an engine that is
   * killed. What the engine before it had read and not logged is brought into its log.
   *
   * @param journal the file; another one for each engine
   * @param logs the folder below which the logs are
   */
  public static EventLoop start(Kernel kernel, Path journal, Path logs, Clock clock) {
    OutputJournal.redo(journal, logs, clock);
    try {
      return start(kernel, Optional.of(OutputJournal.open(kernel, journal)));
    } catch (IOException e) {
      // A full disk: containers can be stopped and removed all the same.
      LOGGER.log(
          Level.WARNING, "output is not safe from a crash: cannot write {0}: {1}", journal, e);
      return start(kernel, Optional.empty());
    }
  }

  private static EventLoop start(Kernel kernel, Optional<OutputJournal> journal) {
    try (Undo undo = new Undo()) {
      journal.ifPresent(open -> undo.push("close the output journal", open::close));
      Fd epoll = kernel.polls().createEpoll();
      undo.push("close the loop's epoll", epoll::close);
      Fd wake = kernel.polls().createEvent();
      undo.push("close the loop's wake-up", wake::close);
      kernel.polls().add(epoll, wake, PollCalls.EPOLLIN, WAKE_KEY);
      EventLoop loop = new EventLoop(kernel, epoll, wake, journal);
      loop.thread.start();
      undo.commit();
      return loop;
    }
  }

  /**
   * Calls the handler whenever the descriptor is ready (level-triggered). epoll reports EPOLLHUP
   * and EPOLLERR whatever the mask says: to hear nothing for a while, unwatch.
   *
   * @throws IllegalStateException when the descriptor is watched already
   */
  public void watch(Fd fd, int mask, Handler handler) {
    // A key is never used twice: an event that was fetched for a descriptor since closed, its
    // number open again as something else, finds no registration.
    Registration registration = new Registration(lastKey.incrementAndGet(), handler);
    if (byDescriptor.putIfAbsent(fd, registration) != null) {
      throw new IllegalStateException(fd + " is watched already");
    }
    byKey.put(registration.key, registration);
    try {
      kernel.polls().add(epoll, fd, mask, registration.key);
    } catch (RuntimeException e) {
      byKey.remove(registration.key);
      byDescriptor.remove(fd);
      throw e;
    }
  }

  /** Changes the events a watched descriptor waits for. */
  public void modify(Fd fd, int mask) {
    Registration registration = byDescriptor.get(fd);
    if (registration == null) {
      throw new IllegalStateException(fd + " is not watched");
    }
    kernel.polls().modify(epoll, fd, mask, registration.key);
  }

  /**
   * Stops watching a descriptor, which must still be open; no effect on one that is not watched.
   * Once this returns, its handler neither runs nor will run, save when the handler itself calls
   * it. It waits for a call under way: hold no lock that the handler takes.
   */
  public void unwatch(Fd fd) {
    Registration registration = byDescriptor.remove(fd);
    if (registration == null) {
      return;
    }
    byKey.remove(registration.key);
    kernel.polls().remove(epoll, fd);
    registration.cancel();
  }

  /**
   * Runs the action once, when the process behind the pidfd has ended. The descriptor is not closed
   * here; {@link #unwatch} takes the wish back.
   */
  public void onExit(Fd pidfd, Runnable action) {
    watch(
        pidfd,
        PollCalls.EPOLLIN,
        mask -> {
          unwatch(pidfd);
          action.run();
        });
  }

  /**
   * Runs a task on the loop's thread, after those given earlier.
   *
   * @throws RejectedExecutionException once the loop is closed
   */
  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      if (closing) {
        throw new RejectedExecutionException("the event loop is closed");
      }
      tasks.add(task);
    }
    wakeUp();
  }

  boolean isLoopThread() {
    return Thread.currentThread() == thread;
  }

  /** Memory to read into, for the loop's thread alone. */
  ReadBuffer readBuffer() {
    return readBuffer;
  }

  /** Runs the tasks given so far, then ends the thread. Watched descriptors stay open. */
  @Override
  public synchronized void close() {
    if (isLoopThread()) {
      throw new IllegalStateException("the event loop cannot close itself");
    }
    synchronized (tasks) { // whatever was accepted before this is run
      if (closing) {
        return;
      }
      closing = true;
    }
    kernel.polls().signal(wake);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    epoll.close();
    wake.close();
    readBuffer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void wakeUp() {
    if (awake.compareAndSet(false, true)) {
      kernel.polls().signal(wake);
    }
  }

  private void run() {
    while (!closing) {
      for (PollCalls.Event event : kernel.polls().wait(epoll, EVENTS_AT_ONCE, -1)) {
        dispatch(event);
      }
      runTasks();
    }
    runTasks();
  }

  private void dispatch(PollCalls.Event event) {
    if (event.key() == WAKE_KEY) {
      readBuffer.read(wake); // sets the counter back to zero
      awake.set(false); // before the tasks are looked at: none is left without a wake-up
      return;
    }
    Registration registration = byKey.get(event.key());
    if (registration != null) {
      guarded(() -> registration.ready(event.mask()));
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) { // even an Error: every container's streams hang on this thread
      LOGGER.log(Level.ERROR, "a handler of the event loop failed", e);
    }
  }

  /** A watched descriptor. Its lock is held during a call, so that cancel can wait for the end. */
  private static final class Registration {
    private final long key;
    private final Handler handler;
    private boolean cancelled;

    Registration(long key, Handler handler) {
      this.key = key;
      this.handler = handler;
    }

    synchronized void ready(int mask) {
      if (!cancelled) {
        handler.ready(mask);
      }
    }

    synchronized void cancel() {
      cancelled = true;
    }
  }
}
