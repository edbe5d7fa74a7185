package io.jdocker.cgroups;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.failure.SystemFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Ends all processes of a set that may be growing while it does. */
final class ProcessKiller {
  private static final int SIGKILL = 9;

  /** How many ends are waited for at a time; the others are seen in the next round. */
  private static final int WATCHED = 64;

  private final Kernel kernel;

  ProcessKiller(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Freezes, signals, thaws and waits, until there is no process left. While frozen, none of them
   * can fork, and none can end, so that its number cannot pass to a stranger.
   *
   * @param name of what is being emptied, for the error
   */
  void kill(String name, Supplier<? extends Collection<Integer>> processes, Freezer freezer) {
    Deadline deadline = Deadline.ofSeconds(10);
    while (!processes.get().isEmpty()) {
      List<Fd> watched = new ArrayList<>();
      try {
        freezer.freeze();
        try {
          signal(processes.get(), watched);
        } finally {
          freezer.thaw();
        }
        await(watched, deadline);
      } finally {
        watched.forEach(Fd::close);
      }
      if (!processes.get().isEmpty() && !deadline.pause()) {
        throw new SystemFailure(
            "cannot end processes "
                + processes.get()
                + " of "
                + name
                + ": they live on after SIGKILL, probably waiting for a device or a network file"
                + " system (state D in ps)");
      }
    }
  }

  private void signal(Collection<Integer> pids, List<Fd> watched) {
    for (int pid : pids) {
      Optional<Fd> opened = kernel.processes().openPidfd(pid);
      if (opened.isPresent()) {
        Fd pidfd = opened.get();
        kernel.processes().signal(pidfd, SIGKILL);
        if (watched.size() < WATCHED) {
          watched.add(pidfd);
        } else {
          pidfd.close();
        }
      }
    }
  }

  /** A pidfd can be read from once its process has ended. */
  private void await(List<Fd> pidfds, Deadline deadline) {
    PollCalls polls = kernel.polls();
    try (Fd epoll = polls.createEpoll()) {
      for (int i = 0; i < pidfds.size(); i++) {
        polls.add(epoll, pidfds.get(i), PollCalls.EPOLLIN, i);
      }
      int left = pidfds.size();
      while (left > 0) {
        List<PollCalls.Event> ended = polls.wait(epoll, WATCHED, deadline.millisLeft());
        if (ended.isEmpty()) {
          return;
        }
        for (PollCalls.Event event : ended) {
          polls.remove(epoll, pidfds.get((int) event.key()));
          left--;
        }
      }
    }
  }
}
