package io.jdocker.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A script of commands with what they must print, as a resource. A line {@code $ command} begins a
 * step; {@code = 1} is its exit status (0 where there is none); every other line is a regular
 * expression for one line of output, {@code [20] } before it says that only docker 20 prints it.
 * Blank lines and lines with # count for nothing.
 */
final class CommandScript {
  /** One command. */
  record Step(String command, int status, List<String> lines) {}

  private CommandScript() {}

  /** The script as a docker command of that generation (28, 20) must print it. */
  static List<Step> read(String resource, int generation) throws IOException {
    List<Step> steps = new ArrayList<>();
    try (InputStream text = CommandScript.class.getResourceAsStream(resource)) {
      String script = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : script.lines().toList()) {
        if (line.startsWith("$ ")) {
          steps.add(new Step(line.substring(2), 0, new ArrayList<>()));
        } else if (line.startsWith("= ")) {
          Step last = steps.remove(steps.size() - 1);
          steps.add(
              new Step(last.command(), Integer.parseInt(line.substring(2).strip()), last.lines()));
        } else if (!line.isBlank() && !line.startsWith("#") && counts(line, generation)) {
          steps.get(steps.size() - 1).lines().add(line.replaceFirst("^\\[\\d\\d\\] ", ""));
        }
      }
    }
    return steps;
  }

  private static boolean counts(String line, int generation) {
    return !line.matches("\\[\\d\\d\\] .*") || line.startsWith("[" + generation + "] ");
  }
}
