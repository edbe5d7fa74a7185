package io.jdocker.cli.format;

import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;

/** The flag {@code --format} and its help. */
public final class Flags {
  private static final String TEMPLATE =
      "'TEMPLATE':         Print output using the given Go template.\n"
          + "Refer to https://docs.docker.com/go/formatting/ for more information about"
          + " formatting output with templates";
  private static final String LIST =
      "Format output using a custom template:\n"
          + "'table':            Print output in table format with column headers (default)\n"
          + "'table TEMPLATE':   Print output in table format using the given Go template\n"
          + "'json':             Print in JSON format\n"
          + TEMPLATE;
  private static final String DOCUMENT =
      "Format output using a custom template:\n"
          + "'json':             Print in JSON format\n"
          + TEMPLATE;

  private Flags() {}

  /** {@code --format} of a list. */
  public static FlagTable list(FlagTable table) {
    return table.add(FlagKind.STRING, Flag.NO_SHORTHAND, "format", LIST, "");
  }

  /** {@code --format} of a stream of objects. */
  public static FlagTable stream(FlagTable table) {
    return table.add(FlagKind.STRING, Flag.NO_SHORTHAND, "format", DOCUMENT, "");
  }

  /** {@code -f, --format} of an object. */
  public static FlagTable document(FlagTable table) {
    return table.add(FlagKind.STRING, 'f', "format", DOCUMENT, "");
  }
}
