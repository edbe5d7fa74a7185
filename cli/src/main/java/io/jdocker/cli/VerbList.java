package io.jdocker.cli;

import java.util.List;

/** A list of verbs and what they do, as it stands in a help. */
final class VerbList {
  /** One verb. */
  record Line(String name, String summary) {}

  private VerbList() {}

  static String text(List<Line> lines) {
    int width = 0;
    for (Line line : lines) {
      width = Math.max(width, line.name().length());
    }
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      String gap = " ".repeat(width - line.name().length() + 2);
      text.append("  ").append(line.name()).append(gap).append(line.summary()).append('\n');
    }
    return text.toString();
  }
}
