package io.jdocker.runtime.build;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code --chmod} of COPY and ADD: octal digits, or clauses of chmod(1) such as {@code
 * u=rwX,go-w}. There is no umask: a clause without a user means all of them.
 */
record ModeChange(List<Clause> clauses) {
  private static final int ALL = 07777;
  private static final int ANY_EXECUTE = 0111;
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)([-+=])([rwxXst]*|[ugo])");

  ModeChange {
    clauses = List.copyOf(clauses);
  }

  /**
   * One of them.
   *
   * @param who letters of "ugoa"
   * @param operator '-', '+', '=', or 'o' for an octal mode
   * @param what letters, or octal digits
   */
  private record Clause(String who, char operator, String what) {
    int apply(int mode, boolean folder) {
      if (operator == 'o') {
        return Integer.parseInt(what, 8);
      }
      int bits = bits(mode, folder);
      return switch (operator) {
        case '+' -> mode | bits;
        case '-' -> mode & ~bits;
        default -> (mode & ~mask(folder)) | bits;
      };
    }

    private boolean means(char user) {
      return who.isEmpty() || who.indexOf('a') >= 0 || who.indexOf(user) >= 0;
    }

    /** What "=" clears: chmod(1) leaves a folder's set-id bits alone unless they are named. */
    private int mask(boolean folder) {
      int mask = (means('u') ? 0700 : 0) | (means('g') ? 0070 : 0) | (means('o') ? 0007 : 0);
      int special = (means('u') ? 04000 : 0) | (means('g') ? 02000 : 0) | (means('o') ? 01000 : 0);
      return folder ? mask : mask | special;
    }

    private int bits(int mode, boolean folder) {
      int triple = 0;
      int special = 0;
      for (int i = 0; i < what.length(); i++) {
        switch (what.charAt(i)) {
          case 'r' -> triple |= 4;
          case 'w' -> triple |= 2;
          case 'x' -> triple |= 1;
          case 'X' -> triple |= folder || (mode & ANY_EXECUTE) != 0 ? 1 : 0;
          case 's' -> special |= (means('u') ? 04000 : 0) | (means('g') ? 02000 : 0);
          case 't' -> special |= 01000;
          case 'u' -> triple |= mode >> 6 & 7;
          case 'g' -> triple |= mode >> 3 & 7;
          default -> triple |= mode & 7;
        }
      }
      return special
          | (means('u') ? triple << 6 : 0)
          | (means('g') ? triple << 3 : 0)
          | (means('o') ? triple : 0);
    }
  }

  /** Leaves every mode as it is. */
  static ModeChange none() {
    return new ModeChange(List.of());
  }

  /**
   * Reads it.
   *
   * @param text empty: none
   */
  static ModeChange parse(String text) {
    if (text.isEmpty()) {
      return none();
    }
    if (text.matches("[0-7]{1,4}")) {
      return new ModeChange(List.of(new Clause("", 'o', text)));
    }
    List<Clause> clauses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher clause = CLAUSE.matcher(part);
      if (!clause.matches()) {
        throw new InvalidArgument(
            "invalid chmod parameter: '"
                + text
                + "'. it should be octal string and between 0 and 07777, or letters as in u=rw,go=r");
      }
      clauses.add(new Clause(clause.group(1), clause.group(2).charAt(0), clause.group(3)));
    }
    return new ModeChange(clauses);
  }

  /** The new mode of a file that has this one. */
  int apply(int mode, boolean folder) {
    int changed = mode & ALL;
    for (Clause clause : clauses) {
      changed = clause.apply(changed, folder);
    }
    return changed;
  }
}
