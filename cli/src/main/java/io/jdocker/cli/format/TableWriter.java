package io.jdocker.cli.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Aligns tab-separated cells the way Go's text/tabwriter does with docker's settings: a column is a
 * run of consecutive lines that have a cell there, at least 10 wide, three blanks between columns.
 * What follows a line's last tab belongs to no column and is not padded.
 */
public final class TableWriter {
  private static final int DEFAULT_MINIMUM = 10;
  private static final int DEFAULT_PADDING = 3;

  private final int minimumWidth;
  private final int padding;
  private final List<String[]> lines = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  private TableWriter(int minimumWidth, int padding, String text) {
    this.minimumWidth = minimumWidth;
    this.padding = padding;
    for (String line : text.split("\n", -1)) {
      lines.add(line.split("\t", -1));
    }
  }

  /** The text with its columns aligned. */
  public static String align(String text) {
    return align(text, DEFAULT_MINIMUM, DEFAULT_PADDING);
  }

  /** The same with other settings: {@code docker top} has wider columns. */
  public static String align(String text, int minimumWidth, int padding) {
    TableWriter table = new TableWriter(minimumWidth, padding, text);
    table.format(0, table.lines.size());
    return table.out.substring(0, table.out.length() - 1);
  }

  private boolean hasCell(int line, int column) {
    return column < lines.get(line).length - 1;
  }

  /** Formats lines whose first columns have known widths: finds each block of the next column. */
  private void format(int from, int to) {
    int column = widths.size();
    int line = from;
    int written = from;
    while (line < to) {
      if (!hasCell(line, column)) {
        line++;
        continue;
      }
      write(written, line);
      int end = line;
      int width = minimumWidth;
      while (end < to && hasCell(end, column)) {
        String cell = lines.get(end)[column];
        width = Math.max(width, cell.codePointCount(0, cell.length()) + padding);
        end++;
      }
      widths.add(width);
      format(line, end);
      widths.remove(widths.size() - 1);
      line = end;
      written = end;
    }
    write(written, to);
  }

  private void write(int from, int to) {
    for (int line = from; line < to; line++) {
      String[] cells = lines.get(line);
      for (int column = 0; column < cells.length; column++) {
        String cell = cells[column];
        out.append(cell);
        if (column < widths.size() && column < cells.length - 1) {
          int gap = widths.get(column) - cell.codePointCount(0, cell.length());
          out.append(" ".repeat(gap));
        }
      }
      out.append('\n');
    }
  }
}
