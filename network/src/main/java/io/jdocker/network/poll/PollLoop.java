package io.jdocker.network.poll;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.PollCalls.Event;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An epoll(7) loop: one thread, which alone touches what it watches. Others talk to it by tasks. It
 * sleeps until something happens, and costs nothing meanwhile.
 */
public final class PollLoop implements Runnable {
  private static final int EVENTS = 64;
  private static final long NANOS_A_MILLI = 1_000_000;

  /** What happens when a descriptor is ready. */
  public interface Handler {
    /**
     * Does what is to be done.
     *
     * @param mask EPOLL* of epoll_ctl(2)
     */
    void ready(int mask);
  }

  /** Something to be done later, unless it is cancelled before. On the loop's thread only. */
  public static final class Timer {
    private final long deadline;
    private final Runnable task;
    private boolean cancelled;

    private Timer(long deadline, Runnable task) {
      this.deadline = deadline;
      this.task = task;
    }

    public void cancel() {
      cancelled = true;
    }
  }

  private record Watch(Fd fd, Handler handler) {}

  private final Kernel kernel;
  private final Fd epoll;
  private final Fd wakeup;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Map<Long, Watch> watches = new HashMap<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(timer -> timer.deadline));
  private long lastKey;
  private boolean stopped;

  public PollLoop(Kernel kernel) {
    this.kernel = kernel;
    try (Undo undo = new Undo()) {
      epoll = kernel.polls().createEpoll();
      undo.push("close the loop's epoll", epoll::close);
      wakeup = kernel.polls().createEvent();
      undo.push("close the loop's wake-up", wakeup::close);
      watch(wakeup, PollCalls.EPOLLIN, mask -> runTasks());
      undo.commit();
    }
  }

  /** Starts the loop on a thread of that name, in the caller's network namespace. */
  public void start(String name) {
    Thread thread = new Thread(this, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs a task on the loop's thread, soon; from any thread. */
  public void submit(Runnable task) {
    tasks.add(task);
    kernel.polls().signal(wakeup);
  }

  @Override
  public void run() {
    try (epoll;
        wakeup) {
      while (!stopped) {
        for (Event event : kernel.polls().wait(epoll, EVENTS, millisToNextTimer())) {
          handle(event);
        }
        runTimers();
      }
    }
  }

  /** An event before it in the same batch may have closed what it is for. */
  private void handle(Event event) {
    Watch watch = watches.get(event.key());
    if (watch != null && !survives(() -> watch.handler().ready(event.mask()))) {
      release(watch.fd(), event.key()); // it would be ready, and fail, again and again
    }
  }

  /** One connection's trouble must not end the thread that all others depend on. */
  private static boolean survives(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      System.getLogger(PollLoop.class.getName())
          .log(System.Logger.Level.WARNING, "a connection is given up: " + e.getMessage());
      return false;
    }
  }

  /** -1, which is for ever, without timers; rounded up, so that none is met a moment too early. */
  private int millisToNextTimer() {
    while (!timers.isEmpty() && timers.peek().cancelled) {
      timers.poll();
    }
    if (timers.isEmpty()) {
      return -1;
    }
    long nanos = timers.peek().deadline - System.nanoTime();
    return nanos <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, nanos / NANOS_A_MILLI + 1);
  }

  private void runTimers() {
    while (!timers.isEmpty() && timers.peek().deadline <= System.nanoTime()) {
      Timer timer = timers.poll();
      if (!timer.cancelled) {
        survives(timer.task);
      }
    }
  }

  private void runTasks() {
    kernel.polls().drain(wakeup);
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      survives(task);
    }
  }

  /** Runs a task after that time; on the loop's thread. */
  public Timer after(int millis, Runnable task) {
    Timer timer = new Timer(System.nanoTime() + millis * NANOS_A_MILLI, task);
    timers.add(timer);
    return timer;
  }

  /** Ends the loop with the batch at hand. What is still watched stays open. */
  public void stop() {
    stopped = true;
  }

  /** Watches a descriptor; the key is for {@link #change}, {@link #forget}, {@link #release}. */
  public long watch(Fd fd, int mask, Handler handler) {
    long key = ++lastKey;
    kernel.polls().add(epoll, fd, mask, key);
    watches.put(key, new Watch(fd, handler));
    return key;
  }

  public void change(Fd fd, int mask, long key) {
    kernel.polls().modify(epoll, fd, mask, key);
  }

  /** Watches it no more and closes it. */
  public void forget(Fd fd, long key) {
    watches.remove(key);
    fd.close();
  }

  /** As {@link #forget}, for a descriptor that stays open. */
  public void release(Fd fd, long key) {
    watches.remove(key);
    try {
      kernel.polls().remove(epoll, fd);
    } catch (SyscallException | IllegalStateException closedBefore) {
      return; // epoll lets go of a descriptor that its owner has closed
    }
  }
}
