package io.jdocker.runtime.explain;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import io.jdocker.runtime.launch.Shell;
import java.util.List;

/**
 * A POSIX shell script that does by hand what the engine did: the host's side (control group,
 * network, rules, files), then, in the new namespaces, the container's. It is written as a person
 * would: each command below its purpose, and everything can be taken back.
 */
final class Script {
  private final Subject subject;
  private final ByHand place;
  private final List<TraceEntry> entries;

  Script(Subject subject, List<TraceEntry> entries) {
    this.subject = subject;
    this.place = new ByHand(subject);
    this.entries = entries;
  }

  String text() {
    List<TraceEntry> launch =
        entries.stream().filter(entry -> entry.stage() == Stage.LAUNCH).toList();
    requireShell(launch);
    int clone = position(launch, "clone3(");
    List<TraceEntry> after = launch.subList(clone + 1, launch.size());
    int exec = position(after, "execve(");
    while (!after.get(exec).result().equals("0")) {
      exec += 1 + position(after.subList(exec + 1, after.size()), "execve(");
    }
    List<String> joins = ContainerSide.shells(launch.subList(0, clone), "setns");
    ContainerSide inside = new ContainerSide(place, joins, after.subList(0, exec + 1));
    StringBuilder text = new StringBuilder(ScriptParts.head(subject, place));
    text.append(ScriptParts.functions());
    for (Stage stage : List.of(Stage.CGROUP, Stage.NETWORK, Stage.PORTS, Stage.NAMES)) {
      text.append(section(stage));
    }
    text.append(ScriptParts.rootfs());
    text.append("}\n\n");
    text.append(
        ScriptParts.launch(joins(), inside, launch.get(clone).shell().orElse("unshare --fork")));
    text.append(ScriptParts.insideHead()).append(inside.commands()).append("}\n\n");
    return text.append(ScriptParts.verbs()).toString();
  }

  /** A shell cannot wait in a user namespace's parent and be in the namespace's mounts at once. */
  private void requireShell(List<TraceEntry> launch) {
    boolean users =
        launch.stream()
            .map(TraceEntry::call)
            .anyMatch(call -> call.startsWith("setns(") && call.endsWith(", CLONE_NEWUSER)"));
    if (users) {
      throw new Unsupported(
          "container "
              + subject.name()
              + " has a user namespace: the shell has no tool that enters one between mounts and"
              + " command; explain without --format sh shows each call");
    }
  }

  private int position(List<TraceEntry> where, String call) {
    for (int i = 0; i < where.size(); i++) {
      if (where.get(i).call().startsWith(call)) {
        return i;
      }
    }
    throw new Conflict(
        "container "
            + subject.name()
            + " has not been started, or its start failed: there is nothing to build by hand");
  }

  /** Commands that join the control groups: CLONE_INTO_CGROUP has no like in the shell. */
  private List<String> joins() {
    return entries.stream()
        .filter(entry -> entry.stage() == Stage.CGROUP)
        .flatMap(entry -> entry.shell().stream())
        .filter(shell -> shell.startsWith("mkdir -p ") && shell.endsWith(subject.id()))
        .map(shell -> "echo 0 > " + shell.substring("mkdir -p ".length()) + "/cgroup.procs")
        .toList();
  }

  private String section(Stage stage) {
    List<TraceEntry> effects =
        entries.stream().filter(e -> e.stage() == stage && e.shell().isPresent()).toList();
    if (effects.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(ScriptParts.banner(stage));
    effects.forEach(effect -> text.append(effect(effect)));
    return text.toString();
  }

  private String effect(TraceEntry effect) {
    String command = place.moved(effect.shell().orElseThrow());
    String comment = "\n# " + effect.purpose() + "\n";
    return effect.stage() == Stage.NAMES
        ? comment + command + "\n" // below the script's own folder, which goes as a whole
        : comment + HostCommands.withUndo(command);
  }

  /** Words as a comment shows them. */
  static String shown(List<String> words) {
    return Shell.quote(words).replace('\n', ' ');
  }
}
