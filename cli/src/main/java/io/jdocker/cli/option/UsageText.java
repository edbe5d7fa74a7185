package io.jdocker.cli.option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The help of a verb in docker's layout: flags sorted by name, texts wrapped to fit 80 columns. */
public final class UsageText {
  public static final String PROGRAM = "jdocker";

  /** One less than the usual terminal, as docker has it. */
  private static final int COLUMNS = 79;

  /** A last line may run this much over, so that no single word stands alone. */
  private static final int SLACK = 5;

  private static final int NARROWEST_TEXT = 24;
  private static final int INDENT_WHEN_NARROW = 16;

  private UsageText() {}

  /** The line after {@code Usage:}. */
  static String line(Synopsis synopsis) {
    String call = PROGRAM + " " + synopsis.path();
    return synopsis.usage().isEmpty() ? call : call + " " + synopsis.usage();
  }

  /** The whole help. */
  public static String of(Synopsis synopsis) {
    StringBuilder text = new StringBuilder("Usage:  ").append(line(synopsis)).append("\n\n");
    text.append(synopsis.summary()).append('\n');
    if (!synopsis.aliases().isEmpty()) {
      text.append("\nAliases:\n  ");
      String separator = "";
      for (String alias : synopsis.aliases()) {
        text.append(separator).append(PROGRAM).append(' ').append(alias);
        separator = ", ";
      }
      text.append('\n');
    }
    String options = options(synopsis.flags());
    if (!options.isEmpty()) {
      text.append("\nOptions:\n").append(options);
    }
    return text.toString();
  }

  /** The table of flags, one or more lines each. */
  public static String options(FlagTable table) {
    List<Flag> shown = new ArrayList<>();
    int width = 0;
    for (Flag flag : table.flags()) {
      if (!flag.hidden()) {
        shown.add(flag);
        width = Math.max(width, head(flag).length());
      }
    }
    shown.sort(Comparator.comparing(Flag::name));
    StringBuilder text = new StringBuilder();
    for (Flag flag : shown) {
      String head = head(flag);
      text.append(head).append(" ".repeat(width - head.length() + 3));
      text.append(wrapped(width + 3, help(flag))).append('\n');
    }
    return text.toString();
  }

  private static String head(Flag flag) {
    String name = flag.hasShorthand() ? "  -" + flag.shorthand() + ", --" : "      --";
    String label = flag.kind().label();
    return name + flag.name() + (label.isEmpty() ? "" : " " + label);
  }

  private static String help(Flag flag) {
    if (flag.defaultText().isEmpty()) {
      return flag.help();
    }
    return flag.help() + " (default " + flag.defaultText() + ")";
  }

  private static String wrapped(int indent, String help) {
    StringBuilder text = new StringBuilder();
    int margin = indent;
    if (COLUMNS - margin < NARROWEST_TEXT) {
      margin = INDENT_WHEN_NARROW;
      text.append('\n').append(" ".repeat(margin));
    }
    int width = COLUMNS - margin - SLACK;
    String rest = help;
    while (true) {
      int cut = cut(rest, width);
      text.append(rest, 0, cut);
      if (cut == rest.length()) {
        return text.toString();
      }
      text.append('\n').append(" ".repeat(margin));
      rest = rest.substring(cut + 1);
    }
  }

  /** Where the first line ends: at its line break, at the last blank, or at the end of the text. */
  private static int cut(String text, int width) {
    int lineBreak = text.indexOf('\n');
    if (text.length() < width + SLACK) {
      return lineBreak < 0 ? text.length() : lineBreak;
    }
    if (lineBreak >= 0 && lineBreak < width) {
      return lineBreak;
    }
    int blank = text.lastIndexOf(' ', width - 1);
    return blank > 0 ? blank : text.length();
  }
}
