package io.jdocker.cli.option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The flags of one verb: the single source of parsing, help and completion. Built once, then read.
 */
public final class FlagTable {
  private final List<Flag> flags = new ArrayList<>();

  /** A table that has only {@code --help}, which every verb takes. */
  public FlagTable() {
    flags.add(new Flag("help", Flag.NO_SHORTHAND, "", FlagKind.BOOL, "Print usage", "", true));
  }

  public FlagTable add(FlagKind kind, String name, String help) {
    return add(kind, Flag.NO_SHORTHAND, name, help, "");
  }

  public FlagTable add(FlagKind kind, char shorthand, String name, String help) {
    return add(kind, shorthand, name, help, "");
  }

  /** Adds a flag whose help ends with {@code (default TEXT)}. */
  public FlagTable add(
      FlagKind kind, char shorthand, String name, String help, String defaultText) {
    flags.add(new Flag(name, shorthand, "", kind, help, defaultText, false));
    return this;
  }

  /** Adds a flag that is taken and that the help does not show. */
  public FlagTable addHidden(FlagKind kind, String name, String help) {
    flags.add(new Flag(name, Flag.NO_SHORTHAND, "", kind, help, "", true));
    return this;
  }

  /** Adds a flag with one more long name, which the help does not show. */
  public FlagTable addWithAlias(FlagKind kind, String name, String alias, String help) {
    return addWithAlias(kind, Flag.NO_SHORTHAND, name, alias, help);
  }

  /** The same with a one-letter name. */
  public FlagTable addWithAlias(
      FlagKind kind, char shorthand, String name, String alias, String help) {
    flags.add(new Flag(name, shorthand, alias, kind, help, "", false));
    return this;
  }

  /** Shows {@code --help} in the list: docker does where {@code -h} means something else. */
  public FlagTable showHelp() {
    Flag help = flags.get(0);
    flags.set(0, new Flag("help", Flag.NO_SHORTHAND, "", help.kind(), help.help(), "", false));
    return this;
  }

  /** All flags in the order they were added, hidden ones too. */
  public List<Flag> flags() {
    return Collections.unmodifiableList(flags);
  }

  Flag named(String name) {
    for (Flag flag : flags) {
      if (flag.name().equals(name)) {
        return flag;
      }
    }
    throw new IllegalArgumentException("no such flag in the table: " + name);
  }
}
