package io.jdocker.linux;

import java.util.ArrayList;
import java.util.List;

/** Event descriptors: epoll(7), eventfd(2), pipe(2), inotify(7). */
public final class PollCalls {
  public static final int EPOLLIN = 0x001;
  public static final int EPOLLPRI = 0x002;
  public static final int EPOLLOUT = 0x004;
  public static final int EPOLLERR = 0x008;
  public static final int EPOLLHUP = 0x010;
  public static final int EPOLLET = 1 << 31;

  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLL_CTL_MOD = 3;
  private static final int CLOEXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;

  /** An event: the key given at {@link #add} and the mask of what happened. */
  public record Event(long key, int mask) {}

  private final Kernel kernel;

  PollCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  public Fd createEpoll() {
    return Fd.opened(kernel, kernel.call(() -> "", Sys.EPOLL_CREATE1, CLOEXEC));
  }

  public void add(Fd epoll, Fd target, int mask, long key) {
    control(epoll, EPOLL_CTL_ADD, target, mask, key);
  }

  public void modify(Fd epoll, Fd target, int mask, long key) {
    control(epoll, EPOLL_CTL_MOD, target, mask, key);
  }

  public void remove(Fd epoll, Fd target) {
    control(epoll, EPOLL_CTL_DEL, target, 0, 0);
  }

  private void control(Fd epoll, int operation, Fd target, int mask, long key) {
    try (NativeArena arena = new NativeArena()) {
      // struct epoll_event is packed on x86-64 alone (12 bytes), else the data is aligned to 8.
      boolean packed = kernel.architecture() == Architecture.X86_64;
      long event = arena.allocate(16);
      NativeArena.putInt(event, mask);
      NativeArena.putLong(event + (packed ? 4 : 8), key);
      kernel.call(
          () -> epoll + ", " + operation + ", " + target,
          Sys.EPOLL_CTL,
          epoll.number(),
          operation,
          target.number(),
          event);
    }
  }

  /** epoll_pwait(2): blocks until something happens or the time is over (-1: no limit). */
  public List<Event> wait(Fd epoll, int limit, int timeoutMillis) {
    boolean packed = kernel.architecture() == Architecture.X86_64;
    int size = packed ? 12 : 16;
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate((long) size * limit);
      long count =
          kernel.call(
              epoll::toString, Sys.EPOLL_PWAIT, epoll.number(), buffer, limit, timeoutMillis, 0, 8);
      List<Event> events = new ArrayList<>((int) count);
      for (int i = 0; i < count; i++) {
        long at = buffer + (long) size * i;
        events.add(new Event(NativeArena.getLong(at + (packed ? 4 : 8)), NativeArena.getInt(at)));
      }
      return events;
    }
  }

  /** eventfd(2): a counter that a poll sees as readable once it is not zero. Non-blocking. */
  public Fd createEvent() {
    return Fd.opened(kernel, kernel.call(() -> "0", Sys.EVENTFD2, 0, CLOEXEC | NONBLOCK));
  }

  /** Adds one to an eventfd's counter. */
  public void signal(Fd event) {
    kernel.files().writeFully(event, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, 0, 8);
  }

  /**
   * Sets O_NONBLOCK (fcntl(2) F_SETFL). The flag belongs to the open file description: everyone who
   * shares it, here or in another process, sees it.
   */
  public void makeNonBlocking(Fd fd) {
    long flags = kernel.call(() -> fd + ", F_GETFL", Sys.FCNTL, fd.number(), F_GETFL, 0);
    if ((flags & NONBLOCK) == 0) {
      kernel.call(
          () -> fd + ", F_SETFL, O_NONBLOCK", Sys.FCNTL, fd.number(), F_SETFL, flags | NONBLOCK);
    }
  }

  /** Sets an eventfd's counter back to zero. */
  public void drain(Fd event) {
    try (NativeArena arena = new NativeArena()) {
      kernel.files().read(event.number(), arena.allocate(8), 8);
    }
  }

  /** A pipe. */
  public record Pipe(Fd readEnd, Fd writeEnd) {}

  public Pipe createPipe() {
    try (NativeArena arena = new NativeArena()) {
      long pair = arena.allocate(8);
      kernel.call(() -> "O_CLOEXEC", Sys.PIPE2, pair, CLOEXEC);
      return pipe(NativeArena.getInt(pair), NativeArena.getInt(pair + 4));
    }
  }

  private Pipe pipe(int readNumber, int writeNumber) {
    Fd readEnd;
    try {
      readEnd = Fd.opened(kernel, readNumber);
    } catch (SyscallException e) {
      new Fd(kernel, writeNumber).close();
      throw e;
    }
    try {
      return new Pipe(readEnd, Fd.opened(kernel, writeNumber));
    } catch (SyscallException e) {
      readEnd.close();
      throw e;
    }
  }
}
