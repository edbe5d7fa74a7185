package io.jdocker.linux.netlink;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Errno;

/**
 * Deletes links of one network namespace without waiting for the kernel's housekeeping. A link is
 * out of every list about 1 ms after RTM_DELLINK, but the sender is held for an RCU barrier (16 ms
 * measured, Linux 6.18), which any number of deletions could share. So a thread of a small pool
 * sends the request, and the caller goes on as soon as the kernel announces (RTMGRP_LINK) that the
 * link is gone. Threads end when idle. Thread-safe.
 */
public final class LinkReaper implements AutoCloseable {
  private static final int RTMGRP_LINK = 1;
  private static final int AF_UNSPEC = 0;
  private static final int THREADS = 8;
  private static final int IDLE_SECONDS = 5;

  private final Kernel kernel;
  private final Map<String, CompletableFuture<Boolean>> awaited = new HashMap<>();
  private final ThreadPoolExecutor senders =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          LinkReaper::thread);
  private boolean listening;

  public LinkReaper(Kernel kernel) {
    this.kernel = kernel;
    senders.allowCoreThreadTimeOut(true);
  }

  /** Deletes the link and returns once no list shows it; false when there was none. */
  public boolean delete(String name) {
    CompletableFuture<Boolean> gone;
    synchronized (this) {
      gone = awaited.get(name);
      if (gone == null) {
        listen();
        gone = new CompletableFuture<>();
        send(name, gone);
        awaited.put(name, gone); // not before: of what was never sent nobody would ever hear
      }
    }
    try {
      return gone.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SyscallException refused) {
        throw refused;
      }
      throw e;
    } finally {
      synchronized (this) {
        awaited.remove(name);
      }
    }
  }

  /**
   * The socket is opened by the caller, as it must belong to the caller's network namespace and not
   * to that of whichever thread happened to start the pool's.
   */
  private void send(String name, CompletableFuture<Boolean> gone) {
    Rtnetlink netlink = Rtnetlink.open(kernel);
    senders.execute(
        () -> {
          try (netlink) {
            gone.complete(netlink.links().delete(name));
          } catch (RuntimeException e) {
            gone.completeExceptionally(e);
          }
        });
  }

  private void listen() {
    if (!listening) {
      NetlinkSocket socket = NetlinkSocket.open(kernel, NetlinkSocket.NETLINK_ROUTE, RTMGRP_LINK);
      socket.setTimeout(1000 * IDLE_SECONDS);
      listening = true;
      thread(() -> watch(socket)).start();
    }
  }

  /** Reads announcements until none came for a while and nobody waits for one. */
  private void watch(NetlinkSocket socket) {
    try (socket) {
      while (true) {
        try {
          socket.events().stream()
              .filter(a -> a.type() == LinkCalls.RTM_DELLINK)
              .filter(a -> a.payload().get(0) == AF_UNSPEC)
              .forEach(a -> announce(LinkCalls.parse(a).name()));
        } catch (SyscallException e) {
          if (e.is(Errno.EAGAIN) && stopListening()) {
            return;
          }
          // ENOBUFS: some were lost; the acknowledgement, which comes later, stands in for them.
        }
      }
    }
  }

  private synchronized boolean stopListening() {
    listening = !awaited.isEmpty();
    return !listening;
  }

  private synchronized void announce(String name) {
    CompletableFuture<Boolean> gone = awaited.get(name);
    if (gone != null) {
      gone.complete(true);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "link-reaper");
    thread.setDaemon(true);
    return thread;
  }

  /** Takes no more deletions; those under way are finished. */
  @Override
  public void close() {
    senders.shutdown();
  }
}
