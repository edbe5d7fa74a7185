package io.jdocker.cgroups;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.PollCalls;

/**
 * Waits for what a v2 cgroup tells in cgroup.events.
 *
 * @param directory the cgroup
 */
record CgroupEvents(ControlDirectory directory, Kernel kernel) {
  private static final String FILE = "cgroup.events";

  /** False when the time is over before the field has that value. */
  boolean await(String field, long value, Deadline deadline) {
    PollCalls polls = kernel.polls();
    while (true) {
      // Opened anew each time: a change counts from the moment the file was last read through the
      // descriptor that is polled.
      try (Fd events = directory.files().open(directory.path().resolve(FILE), OpenFlags.O_RDONLY);
          Fd epoll = polls.createEpoll()) {
        polls.add(epoll, events, PollCalls.EPOLLPRI, 0);
        if (has(directory.files().read(events), field, value)) {
          return true;
        }
        if (polls.wait(epoll, 1, deadline.millisLeft()).isEmpty()) {
          return false;
        }
      }
    }
  }

  boolean has(String field, long value) {
    return has(directory.read(FILE), field, value);
  }

  private static boolean has(String content, String field, long value) {
    return content.lines().anyMatch(line -> line.equals(field + " " + value));
  }
}
