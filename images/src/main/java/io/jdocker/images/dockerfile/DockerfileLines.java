package io.jdocker.images.dockerfile;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a Dockerfile's text apart: parser directives, continued lines, comments, heredocs. A byte
 * order mark, CRLF and a missing last line end are all right.
 */
final class DockerfileLines {
  private static final Pattern DIRECTIVE =
      Pattern.compile("#\\s*([a-zA-Z][a-zA-Z0-9]*)\\s*=\\s*(.+?)\\s*");
  private static final Pattern HEREDOC =
      Pattern.compile("\\d*<<(-?)(?:\"([^\"<]+)\"|'([^'<]+)'|([^\\s<>\"'|&;()]+))");
  private static final Pattern TAKES_HEREDOC =
      Pattern.compile("(?i)(?:onbuild\\s+)?(?:run|copy|add)\\s.*", Pattern.DOTALL);

  private final String[] lines;
  private final List<LogicalLine> logical = new ArrayList<>();
  private char escape = '\\';
  private int next;

  DockerfileLines(String text) {
    String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
    this.lines = plain.split("\r?\n", -1);
  }

  /** The character that continues a line: a backslash or a backtick. */
  char escape() {
    return escape;
  }

  List<LogicalLine> read() {
    readDirectives();
    while (next < lines.length) {
      String line = lines[next].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        next++;
      } else {
        readInstruction();
      }
    }
    return logical;
  }

  /** Only before anything else, a comment or an empty line included. */
  private void readDirectives() {
    Set<String> seen = new HashSet<>();
    for (; next < lines.length; next++) {
      Matcher directive = DIRECTIVE.matcher(lines[next].strip());
      if (!directive.matches()) {
        return;
      }
      String name = directive.group(1).toLowerCase(Locale.ROOT);
      if (!name.equals("escape") && !name.equals("syntax") && !name.equals("check")) {
        return;
      }
      if (!seen.add(name)) {
        throw at(next).error("only one " + name + " parser directive can be used", "");
      }
      if (name.equals("escape")) {
        escape = escape(directive.group(2));
      }
    }
  }

  private char escape(String value) {
    if (!value.equals("\\") && !value.equals("`")) {
      throw at(next).error("invalid ESCAPE '" + value + "'. Must be ` or \\", value);
    }
    return value.charAt(0);
  }

  private Position at(int index) {
    return new Position(index + 1, lines[index]);
  }

  private void readInstruction() {
    Position position = at(next);
    StringBuilder text = new StringBuilder();
    boolean more = true;
    while (more && next < lines.length) {
      String line = lines[next++];
      boolean first = text.isEmpty();
      if (!first && (line.isBlank() || line.stripLeading().startsWith("#"))) {
        continue;
      }
      String content = first ? line.stripLeading() : line;
      more = continues(content);
      text.append(more ? withoutEscape(content) : content);
    }
    String whole = text.toString().strip();
    logical.add(new LogicalLine(position, whole, heredocs(position, whole)));
  }

  /** An escape at the end, blanks behind it allowed, that is not escaped itself. */
  private boolean continues(String line) {
    String trimmed = line.stripTrailing();
    int count = 0;
    while (count < trimmed.length() && trimmed.charAt(trimmed.length() - 1 - count) == escape) {
      count++;
    }
    return count == 1;
  }

  private static String withoutEscape(String line) {
    String trimmed = line.stripTrailing();
    return trimmed.substring(0, trimmed.length() - 1);
  }

  private List<Heredoc> heredocs(Position position, String text) {
    List<Heredoc> heredocs = new ArrayList<>();
    if (!TAKES_HEREDOC.matcher(text).matches() || text.indexOf("<<") < 0) {
      return heredocs;
    }
    for (Matcher start : starts(text)) {
      boolean stripTabs = !start.group(1).isEmpty();
      boolean expands = start.group(4) != null;
      String name =
          expands ? start.group(4) : start.group(2) != null ? start.group(2) : start.group(3);
      heredocs.add(new Heredoc(name, content(position, name, stripTabs), expands));
    }
    return heredocs;
  }

  /** Words of the line that begin a heredoc; within quotes nothing does. */
  private static List<Matcher> starts(String text) {
    List<Matcher> starts = new ArrayList<>();
    List<String> words;
    try {
      words = Words.raw(text, '\\');
    } catch (InvalidArgument unbalanced) {
      return starts; // for a shell to complain about
    }
    for (String word : words) {
      Matcher heredoc = HEREDOC.matcher(word);
      if (heredoc.matches()) {
        starts.add(heredoc);
      }
    }
    return starts;
  }

  private String content(Position position, String name, boolean stripTabs) {
    StringBuilder content = new StringBuilder();
    while (next < lines.length) {
      String line = lines[next++];
      String plain = stripTabs ? line.replaceFirst("^\t+", "") : line;
      if (plain.equals(name)) {
        return content.toString();
      }
      content.append(plain).append('\n');
    }
    throw position.error("unterminated heredoc", name);
  }
}
