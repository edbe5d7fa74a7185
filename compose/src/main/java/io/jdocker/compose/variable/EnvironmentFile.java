package io.jdocker.compose.variable;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * A file of variables, {@code .env} or an {@code env_file}: {@code NAME=value}, {@code export
 * NAME=value}, {@code NAME: value}; {@code #} begins a comment after a blank. In single quotes all
 * is literal, in double quotes {@code \n \r \t \" \\ \$} are escapes; quoted values may span lines.
 * Unquoted and double-quoted values may use variables of the environment and of lines before.
 */
public final class EnvironmentFile {
  private final String file;
  private final String text;
  private final Map<String, String> outside;
  private final Map<String, String> values = new LinkedHashMap<>();
  private int at;
  private int line = 1;

  private EnvironmentFile(String file, String text, Map<String, String> outside) {
    this.file = file;
    this.text = text;
    this.outside = outside;
  }

  /**
   * Reads a file.
   *
   * @param outside variables that values may use; they stand above those of the file
   * @throws NotFound when there is no such file
   */
  public static Map<String, String> read(Path path, Map<String, String> outside) {
    try {
      return parse(path.toString(), Files.readString(path), outside);
    } catch (NoSuchFileException e) {
      throw new NotFound("env file " + path + " not found: no such file or directory", e);
    } catch (IOException e) {
      throw new InvalidArgument("env file " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads a text; {@code file} is what messages call it. */
  public static Map<String, String> parse(String file, String text, Map<String, String> outside) {
    EnvironmentFile reader =
        new EnvironmentFile(file, text.replace("\r\n", "\n").replace("\uFEFF", ""), outside);
    reader.run();
    return reader.values;
  }

  private void run() {
    while (skipToName()) {
      int start = line;
      String name = name();
      if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':')) {
        at++;
        skipBlanks();
        values.put(name, value(start));
      } else {
        // A bare name hands on the caller's variable, when there is one.
        skipLine();
        if (outside.containsKey(name)) {
          values.put(name, outside.get(name));
        }
      }
    }
  }

  /** To the next line that says something. */
  private boolean skipToName() {
    while (at < text.length()) {
      skipBlanks();
      if (at == text.length()) {
        return false;
      }
      char c = text.charAt(at);
      if (c == '\n') {
        at++;
        line++;
      } else if (c == '#') {
        skipLine();
      } else {
        return true;
      }
    }
    return false;
  }

  private String name() {
    if (text.startsWith("export ", at)) {
      at += "export ".length();
      skipBlanks();
    }
    int begin = at;
    while (at < text.length() && "=:\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(begin, at).strip();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.\\-\\[\\]]*")) {
      throw failure(line, "unexpected character in variable name \"" + name + "\"");
    }
    return name;
  }

  private String value(int start) {
    char quote = at < text.length() ? text.charAt(at) : '\n';
    if (quote != '"' && quote != '\'') {
      int begin = at;
      skipLine();
      String whole = text.substring(begin, at);
      int comment = whole.startsWith("#") ? 0 : whole.indexOf(" #");
      return filled((comment < 0 ? whole : whole.substring(0, comment)).strip(), start);
    }
    int begin = ++at;
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && quote == '"') {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '\n') {
        line++;
      }
      at++;
    }
    if (at >= text.length()) {
      throw failure(start, "unterminated quoted value");
    }
    String raw = text.substring(begin, at++);
    skipLine();
    return quote == '\'' ? raw : filled(unescaped(raw), start);
  }

  private static String unescaped(String raw) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\' || i + 1 == raw.length()) {
        plain.append(c);
        continue;
      }
      char escaped = raw.charAt(++i);
      switch (escaped) {
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case '$' -> plain.append("$$");
        case '"', '\\' -> plain.append(escaped);
        default -> plain.append('\\').append(escaped);
      }
    }
    return plain.toString();
  }

  private String filled(String value, int start) {
    if (value.indexOf('$') < 0) {
      return value;
    }
    Map<String, String> known = new LinkedHashMap<>(values);
    known.putAll(outside);
    try {
      return new Expansion(value, known, new LinkedHashSet<>()).all();
    } catch (Expansion.Malformed e) {
      return value; // a password with a dollar sign in it
    } catch (Expansion.Required e) {
      throw failure(start, e.getMessage());
    }
  }

  private void skipBlanks() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private void skipLine() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private InvalidArgument failure(int where, String what) {
    return new InvalidArgument("failed to read " + file + ": line " + where + ": " + what);
  }
}
