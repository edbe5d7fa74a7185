package io.jdocker.cli.option;

/**
 * One flag of a verb.
 *
 * @param name the long name without dashes
 * @param shorthand the one-letter name, {@link #NO_SHORTHAND} for none
 * @param aliases further long names that are accepted but not shown ({@code --net})
 * @param defaultText the default as the help shows it; empty when it shows none
 * @param hidden true when the help leaves it out
 */
public record Flag(
    String name,
    char shorthand,
    String aliases,
    FlagKind kind,
    String help,
    String defaultText,
    boolean hidden) {
  public static final char NO_SHORTHAND = 0;

  boolean hasShorthand() {
    return shorthand != NO_SHORTHAND;
  }

  /** The flag as an error names it: {@code -c, --cpu-shares}. */
  String displayName() {
    return hasShorthand() ? "-" + shorthand + ", --" + name : "--" + name;
  }
}
