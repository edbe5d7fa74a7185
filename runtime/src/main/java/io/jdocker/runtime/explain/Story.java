package io.jdocker.runtime.explain;

import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import io.jdocker.runtime.launch.Shell;
import java.util.List;
import java.util.Locale;

/**
 * Tells effects one after another, each stage introduced where it begins. One thread.
 *
 * <pre>
 * NETWORK: ...
 *
 *   bring its loopback up
 *     RTM_NEWLINK index=1 IFF_UP = 0                                       41 us
 *     $ ip -n web link set lo up
 * </pre>
 */
public final class Story {
  private static final int NANOS_PER_MICRO = 1000;
  private static final int TIME_COLUMN = 72;
  private Stage stage;

  /** What comes before the first effect. */
  String opening(Subject subject, List<TraceEntry> entries) {
    String head =
        String.format(
            Locale.ROOT,
            "%s (%s) runs %s from %s.%n",
            subject.name(),
            subject.shortId(),
            Shell.quote(subject.command()),
            subject.image());
    return entries.isEmpty()
        ? head + "It has not been started: nothing was done to the kernel for it.\n"
        : head
            + String.format(
                Locale.ROOT,
                "%d effects on the kernel, in order: what for, the call and its result, and%n"
                    + "after $ what a person would type for it.%n",
                entries.size());
  }

  /** The next effect, with the heading of its stage where that begins. */
  public String next(TraceEntry entry) {
    StringBuilder text = new StringBuilder();
    if (entry.stage() != stage) {
      stage = entry.stage();
      text.append('\n').append(stage).append(": ").append(Sections.sentence(stage)).append("\n\n");
    }
    text.append("  ").append(entry.purpose()).append('\n');
    text.append(timed("    " + entry.call() + " = " + entry.result(), entry.nanos()));
    entry.shell().ifPresent(shell -> text.append(typed(shell)));
    return text.toString();
  }

  private static String timed(String line, long nanos) {
    if (nanos == 0) {
      return line + "\n";
    }
    String time = Math.max(1, nanos / NANOS_PER_MICRO) + " us";
    int gap = Math.max(2, TIME_COLUMN - line.length() + 8 - time.length());
    return line + " ".repeat(gap) + time + "\n";
  }

  private static String typed(String shell) {
    return "    $ " + shell.replace("\n", "\n      ") + "\n";
  }
}
