package io.jdocker.runtime.explain;

import io.jdocker.linux.trace.TraceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The half of a script that runs as the first process of the new namespaces. Its commands are those
 * of the trace. As the image may have no tools, the host's go along, with their loader and
 * libraries; the host's root stays at {@code /.host} until the last of them is done.
 */
final class ContainerSide {
  private static final String TOOL = "./ld-*.so* --library-path . ./";
  private final ByHand place;
  private final List<String> joins;
  private final List<TraceEntry> entries;

  /**
   * @param joins commands that join a namespace for children only, before the first of them
   * @param entries the calls of the container's first process, from after the clone to its execve
   */
  ContainerSide(ByHand place, List<String> joins, List<TraceEntry> entries) {
    this.place = place;
    this.joins = List.copyOf(joins);
    this.entries = entries;
  }

  /** Words between {@code nsenter} and the shell: the namespaces to make and to join. */
  String unshare(String unshare) {
    StringBuilder words = new StringBuilder();
    joins.forEach(join -> words.append(join).append(' '));
    shells("setns").forEach(join -> words.append(join).append(' '));
    words.append(unshare);
    shells("unshare").forEach(more -> words.append(more.substring("unshare".length())));
    // The trace's own line decides on propagation.
    return words.append(" --propagation unchanged").toString();
  }

  /** The commands up to the command itself. */
  String commands() {
    StringBuilder text = new StringBuilder();
    boolean leaving = false;
    String folder = "/";
    for (TraceEntry entry : entries) {
      if (calls(entry, "close_range")) {
        leaving = true;
        text.append(leave());
      } else if (leaving && calls(entry, "chdir")) {
        folder = entry.shell().map(cd -> cd.substring("cd ".length())).orElse(folder);
      } else if (calls(entry, "seccomp")) {
        text.append("\n# seccomp(2): which system calls it may make. The shell cannot do this.\n");
      } else if (!isElsewhere(entry)) {
        text.append(command(entry));
      }
    }
    return text.append(become(folder)).toString();
  }

  private static boolean isElsewhere(TraceEntry entry) {
    return calls(entry, "setns")
        || calls(entry, "unshare")
        || calls(entry, "write")
        || calls(entry, "umount2")
        || calls(entry, "capset")
        || calls(entry, "execve");
  }

  private String command(TraceEntry entry) {
    if (calls(entry, "pivot_root")) {
      return pivot(entry.purpose());
    }
    return entry.shell().map(s -> said(entry.purpose(), place.moved(s))).orElse("");
  }

  private static String said(String purpose, String command) {
    return "\n# " + purpose + "\n" + command + "\n";
  }

  private String pivot(String purpose) {
    StringBuilder text = new StringBuilder(said(purpose, "mkdir .host\npivot_root . .host"));
    text.append("HOST=/.host\n");
    text.append("tools=\"$HOST$dir/tools\"\n");
    for (String tool : ByHand.TOOLS_INSIDE) {
      text.append(tool).append("() { tool ").append(tool).append(" \"$@\"; }\n");
    }
    return text.toString();
  }

  private static String leave() {
    return """

        # let go of the host's root: a working directory is all that is left of it
        : > "$HOST$dir/ready"
        cd "$tools" && tools=.
        umount -l /.host
        rmdir /.host
        """;
  }

  private String become(String folder) {
    String privileges = shell("capset").orElse("setpriv");
    List<String> commands = new ArrayList<>();
    entries.stream()
        .filter(entry -> calls(entry, "execve"))
        .flatMap(entry -> entry.shell().stream())
        .forEach(commands::add);
    String command = commands.get(commands.size() - 1).substring("exec env -i ".length());
    return said(
        "take the user, keep the capabilities it may have, run the command",
        "exec "
            + (TOOL + privileges + " \\\n  ")
            + (TOOL + "env -i --chdir=" + folder + " \\\n  ")
            + command);
  }

  private Optional<String> shell(String call) {
    return shells(call).stream().findFirst();
  }

  private List<String> shells(String call) {
    return shells(entries, call);
  }

  /** What a person would type for the calls of that name. */
  static List<String> shells(List<TraceEntry> entries, String call) {
    return entries.stream()
        .filter(entry -> calls(entry, call))
        .flatMap(entry -> entry.shell().stream())
        .toList();
  }

  private static boolean calls(TraceEntry entry, String call) {
    return entry.call().startsWith(call + "(");
  }
}
