package io.jdocker.cli.container.request;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Variables and labels from flags and from files of one {@code KEY=VALUE} a line. */
final class LineFile {
  private final Map<String, String> environment;

  LineFile(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Files first, flags after them; a bare name takes the value it has here. */
  List<String> variables(List<String> files, List<String> flags) {
    List<String> variables = new ArrayList<>();
    for (String file : files) {
      for (String line : lines(file)) {
        addVariable(variables, line, file);
      }
    }
    for (String flag : flags) {
      if (flag.isEmpty() || flag.startsWith("=")) {
        throw Refusal.ofArgument(flag, "-e, --env", "invalid environment" + " variable: " + flag);
      }
      if (flag.indexOf('=') < 0 && !environment.containsKey(flag)) {
        variables.add(flag); // asks the engine to drop the image's variable
      } else {
        resolve(variables, flag);
      }
    }
    return variables;
  }

  private void addVariable(List<String> variables, String line, String file) {
    int equals = line.indexOf('=');
    String name = equals < 0 ? line : line.substring(0, equals);
    if (name.isEmpty()) {
      throw Refusal.of("invalid env file (" + file + "): no variable name on line '" + line + "'");
    }
    if (name.indexOf(' ') >= 0 || name.indexOf('\t') >= 0) {
      throw Refusal.of(
          "invalid env file (" + file + "): variable '" + name + "' contains whitespaces");
    }
    resolve(variables, line);
  }

  private void resolve(List<String> variables, String variable) {
    if (variable.indexOf('=') >= 0) {
      variables.add(variable);
    } else if (environment.containsKey(variable)) {
      variables.add(variable + "=" + environment.get(variable));
    }
  }

  /** The lines that say something: comments and empty ones left out. */
  List<String> lines(String file) {
    try {
      List<String> lines = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(file))) {
        String trimmed = line.stripLeading();
        if (!trimmed.isEmpty() && trimmed.charAt(0) != '#') {
          lines.add(trimmed);
        }
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw Refusal.of("open " + file + ": no such file or directory");
    } catch (IOException e) {
      throw Refusal.of("open " + file + ": " + e.getMessage());
    }
  }
}
