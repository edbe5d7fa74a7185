package io.jdocker.cli.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * One command line with what it is given and what came of it. As text:
 *
 * <pre>
 * $ kill -s HUP web nope        the words, quoted as for a shell
 * &lt; typed                       a line of standard input
 * | web                         a line of standard output; a backslash ends one without line end
 * ! No such container: nope     a line of standard error
 * = 1                           the exit code when it is not 0
 * &gt; POST /containers/web/kill   a request
 * </pre>
 */
record Step(String line, String input, Said said) {
  /** The words of the command line. */
  List<String> words() {
    return ShellWords.split(line);
  }

  /** The same with another outcome. */
  Step with(Said other) {
    return new Step(line, input, other);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("$ ").append(line).append('\n');
    lines(text, "<", input);
    lines(text, "|", said.out());
    lines(text, "!", said.err());
    if (said.code() != 0) {
      text.append("= ").append(said.code()).append('\n');
    }
    said.requests().forEach(request -> text.append("> ").append(request).append('\n'));
    return text.toString();
  }

  private static void lines(StringBuilder text, String mark, String content) {
    int at = 0;
    while (at < content.length()) {
      int end = content.indexOf('\n', at);
      String line = end < 0 ? content.substring(at) + "\\" : content.substring(at, end);
      text.append(mark).append(line.isEmpty() ? "" : " ").append(line).append('\n');
      at = end < 0 ? content.length() : end + 1;
    }
  }

  /** The steps of a transcript; what stands before the first and between them is free text. */
  static List<Step> parse(String transcript) {
    List<Step> steps = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : transcript.lines().toList()) {
      if (line.startsWith("$ ") && !lines.isEmpty()) {
        steps.add(one(lines));
        lines.clear();
      }
      if (line.startsWith("$ ") || !lines.isEmpty()) {
        lines.add(line);
      }
    }
    if (!lines.isEmpty()) {
      steps.add(one(lines));
    }
    return steps;
  }

  private static Step one(List<String> lines) {
    int code = 0;
    List<String> requests = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("= ")) {
        code = Integer.parseInt(line.substring(2));
      } else if (line.startsWith("> ")) {
        requests.add(line.substring(2));
      }
    }
    Said said = new Said(code, content(lines, '|'), content(lines, '!'), requests);
    return new Step(lines.get(0).substring(2), content(lines, '<'), said);
  }

  private static String content(List<String> lines, char mark) {
    StringBuilder content = new StringBuilder();
    for (String line : lines) {
      if (line.isEmpty() || line.charAt(0) != mark) {
        continue;
      }
      String text = line.length() < 2 ? "" : line.substring(2);
      if (text.endsWith("\\")) {
        content.append(text, 0, text.length() - 1);
      } else {
        content.append(text).append('\n');
      }
    }
    return content.toString();
  }
}
