package io.jdocker.cli;

import java.util.List;

/** A list of verbs and what they do, as it stands in a help. */
final class VerbList {
  /** One verb. */
  record Line(String name, String summary) {}

  private static final int NARROWEST = 11;

  private VerbList() {}

  static String text(List<Line> lines) {
    int width = NARROWEST;
    for (Line line : lines) {
      width = Math.max(width, line.name().length());
    }
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      String gap = " ".repeat(width - line.name().length() + 1);
      text.append("  ").append(line.name()).append(gap).append(firstSentence(line)).append('\n');
    }
    return text.toString();
  }

  private static String firstSentence(Line line) {
    int end = line.summary().indexOf(". ");
    return end < 0 ? line.summary() : line.summary().substring(0, end);
  }
}
