package io.jdocker.cli.format;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.template.Template;
import io.jdocker.cli.template.TemplateException;
import java.util.List;
import java.util.Map;

/** Prints rows as {@code --format} asks: a table, one JSON object a line, or a template. */
public final class Listing {
  private static final String TABLE = "table";
  private static final String JSON = "{{json .}}";

  private final String defaultTable;
  private final Map<String, String> titles;

  /**
   * Describes a kind of list.
   *
   * @param defaultTable the template of the plain table, cells separated by tabs
   * @param titles the column title of each field
   */
  public Listing(String defaultTable, Map<String, String> titles) {
    this.defaultTable = defaultTable;
    this.titles = titles;
  }

  /**
   * The text of the list.
   *
   * @param format what {@code --format} was given; empty for the plain table
   */
  public String print(String format, List<Row> rows) {
    if (format.isEmpty() || format.equals(TABLE)) {
      return table(defaultTable, rows);
    }
    if (format.startsWith(TABLE + " ")) {
      return table(escapes(format.substring(TABLE.length() + 1).strip()), rows);
    }
    return lines(parse(format.equals("json") ? JSON : escapes(format)), rows);
  }

  private String table(String source, List<Row> rows) {
    Template template = parse(source);
    StringBuilder text = new StringBuilder(execute(template, new Headers(titles))).append('\n');
    text.append(lines(template, rows));
    return TableWriter.align(text.toString());
  }

  private static String lines(Template template, List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(execute(template, row)).append('\n');
    }
    return text.toString();
  }

  /** On a command line {@code \t} and {@code \n} arrive as two characters. */
  private static String escapes(String format) {
    return format.replace("\\t", "\t").replace("\\n", "\n");
  }

  private static Template parse(String source) {
    try {
      return Template.parse(source);
    } catch (TemplateException e) {
      throw new CommandFailure("failed to parse template: " + e.getMessage());
    }
  }

  private static String execute(Template template, Object value) {
    try {
      return template.execute(value);
    } catch (TemplateException e) {
      throw new CommandFailure("failed to execute template: " + e.getMessage());
    }
  }
}
