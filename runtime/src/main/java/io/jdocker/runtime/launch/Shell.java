package io.jdocker.runtime.launch;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words for a POSIX shell. */
public final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private Shell() {}

  /**
   * A path of the host for a command that runs after the pivot: behind the variable HOST, which is
   * where the host's root then is, or empty before the pivot.
   */
  public static String hostPath(String path) {
    return "\"$HOST\"" + quote(path);
  }

  /** The words, each quoted, with blanks between. */
  public static String quote(List<String> words) {
    return words.stream().map(Shell::quote).collect(Collectors.joining(" "));
  }

  /** The word, quoted where the shell would otherwise change it. */
  public static String quote(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
