package io.jdocker.runtime.explain;

import io.jdocker.runtime.launch.Shell;
import java.util.Optional;

/**
 * Commands of the host's side of a script, each followed by a call of the script's function undo,
 * which remembers how to take it back. A command {@code TEST || ACT} acts only where something is
 * missing, and only what it did is taken back.
 */
final class HostCommands {
  private static final String GUARD = " || ";
  private static final String MAKE_FOLDERS = "mkdir -p ";

  private HostCommands() {}

  /** The lines for a command or several, one a line. */
  static String withUndo(String commands) {
    StringBuilder text = new StringBuilder();
    commands.lines().forEach(line -> text.append(one(line)));
    return text.toString();
  }

  private static String one(String command) {
    if (command.startsWith(MAKE_FOLDERS)) {
      // The script's own function: of the folders above it, it takes back only what it made.
      return "make_folder " + command.substring(MAKE_FOLDERS.length()) + "\n";
    }
    int guard = command.indexOf(GUARD);
    if (guard >= 0) {
      String action = unbraced(command.substring(guard + GUARD.length()));
      return Inverse.of(action)
          .map(inverse -> guarded(command.substring(0, guard), action, inverse))
          .orElse(command + "\n");
    }
    Optional<String> inverse = Inverse.of(command);
    if (inverse.isEmpty()) {
      return command + "\n";
    }
    String[] parts = command.split(" && ", 2);
    String rest = parts.length > 1 ? parts[1] + "\n" : "";
    return parts[0] + "\n" + undo(inverse.get()) + "\n" + rest;
  }

  private static String guarded(String test, String action, String inverse) {
    return test + GUARD + "{\n  " + action + "\n  " + undo(inverse) + "\n}\n";
  }

  private static String unbraced(String action) {
    return action.startsWith("{ ") && action.endsWith("; }")
        ? action.substring("{ ".length(), action.length() - "; }".length())
        : action;
  }

  private static String undo(String inverse) {
    return "undo " + Shell.quote(inverse);
  }
}
