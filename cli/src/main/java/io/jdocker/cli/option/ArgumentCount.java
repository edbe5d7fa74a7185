package io.jdocker.cli.option;

/**
 * How many arguments a verb takes.
 *
 * @param most the upper bound, {@link #ANY} for none
 */
public record ArgumentCount(int least, int most) {
  public static final int ANY = Integer.MAX_VALUE;

  public static ArgumentCount none() {
    return new ArgumentCount(0, 0);
  }

  public static ArgumentCount exactly(int count) {
    return new ArgumentCount(count, count);
  }

  public static ArgumentCount atLeast(int count) {
    return new ArgumentCount(count, ANY);
  }

  public static ArgumentCount between(int least, int most) {
    return new ArgumentCount(least, most);
  }

  boolean accepts(int count) {
    return count >= least && count <= most;
  }

  /** The rule in docker's words: {@code requires at least 1 argument}. */
  String rule() {
    if (most == 0) {
      return "accepts no arguments";
    }
    if (least == most) {
      return "requires " + arguments(least);
    }
    if (most == ANY) {
      return "requires at least " + arguments(least);
    }
    return least == 0
        ? "requires at most " + arguments(most)
        : "requires at least " + least + " and at most " + arguments(most);
  }

  private static String arguments(int count) {
    return count + (count == 1 ? " argument" : " arguments");
  }
}
