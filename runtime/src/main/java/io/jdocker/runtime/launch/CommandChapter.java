package io.jdocker.runtime.launch;

import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;

/** Runs the command: execve(2) with the search of execvp(3), done with the container's own PATH. */
final class CommandChapter {
  private static final int SIG_SETMASK = 2;
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private CommandChapter() {}

  static void write(Calls calls, List<String> argv, List<String> environment) {
    calls.call(
        "unblock all signals",
        Sys.RT_SIGPROCMASK,
        Operand.named(SIG_SETMASK, "SIG_SETMASK"),
        new Operand.Memory(new byte[8], "[]"),
        Operand.of(0),
        Operand.of(8));
    Operand arguments = Operand.of(argv);
    Operand variables = Operand.of(environment);
    List<String> candidates = candidates(argv.get(0), environment);
    for (int i = 0; i < candidates.size(); i++) {
      Step exec =
          calls.call(
              "run the command", Sys.EXECVE, Operand.of(candidates.get(i)), arguments, variables);
      exec.shell(() -> "exec env -i " + Shell.quote(environment) + " " + Shell.quote(argv));
      if (i < candidates.size() - 1) {
        exec.tolerate(Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES);
      }
    }
  }

  /**
   * The paths to try in order: one for a command with a slash, else one for each folder of PATH.
   */
  static List<String> candidates(String command, List<String> environment) {
    if (command.contains("/")) {
      return List.of(command);
    }
    String path =
        environment.stream()
            .filter(variable -> variable.startsWith("PATH="))
            .reduce((first, last) -> last)
            .map(variable -> variable.substring("PATH=".length()))
            .orElse(DEFAULT_PATH);
    List<String> candidates = new ArrayList<>();
    for (String folder : path.split(":", -1)) {
      candidates.add(folder.isEmpty() ? "./" + command : folder + "/" + command);
    }
    return candidates;
  }
}
