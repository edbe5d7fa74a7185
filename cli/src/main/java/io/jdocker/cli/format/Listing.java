package io.jdocker.cli.format;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.template.Template;
import io.jdocker.cli.template.TemplateException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Prints rows as {@code --format} asks: a table, one JSON object a line, or a template. */
public final class Listing {
  private static final String TABLE = "table";
  private static final String JSON = "{{json .}}";

  private final String defaultTable;
  private final Map<String, String> titles;
  private final String raw;
  private final String rawQuiet;
  private final boolean isStrict;

  /**
   * Describes a kind of list.
   *
   * @param defaultTable the template of the plain table, cells separated by tabs
   * @param titles the column title of each field
   */
  public Listing(String defaultTable, Map<String, String> titles) {
    this(defaultTable, titles, "raw", "raw", false);
  }

  private Listing(
      String defaultTable,
      Map<String, String> titles,
      String raw,
      String rawQuiet,
      boolean isStrict) {
    this.defaultTable = defaultTable;
    this.titles = titles;
    this.raw = raw;
    this.rawQuiet = rawQuiet;
    this.isStrict = isStrict;
  }

  /** The same list, with {@code --format raw}: one {@code name: value} a line. */
  public Listing withRaw(String template, String quiet) {
    return new Listing(defaultTable, titles, template, quiet, isStrict);
  }

  /** The same list, but {@code --quiet} stands above every format, and errors as ps words them. */
  public Listing strict() {
    return new Listing(defaultTable, titles, raw, rawQuiet, true);
  }

  /**
   * The format that the flags ask for, checked: what is no template is refused before the engine is
   * asked for anything.
   *
   * @param quiet the template of {@code --quiet}
   */
  public String format(Parsed line, Session session, String quiet) throws IOException {
    String format = line.text("format");
    if (line.isSet("quiet") && isStrict && !format.isEmpty()) {
      session
          .console()
          .error("WARNING: Ignoring custom format, because both --format and --quiet are set.");
    }
    if (line.isSet("quiet") && format.equals("raw")) {
      return rawQuiet;
    }
    if (line.isSet("quiet") && (isStrict || format.isEmpty() || format.equals(TABLE))) {
      return quiet;
    }
    return checked(format);
  }

  /** The format itself, refused when it is no template. */
  public String checked(String format) {
    parse(template(format));
    return format;
  }

  /**
   * The text of the list.
   *
   * @param format what {@code --format} was given; empty for the plain table
   */
  public String print(String format, List<Row> rows) {
    Template template = parse(template(format));
    return isTable(format) ? table(template, rows) : lines(template, rows);
  }

  private static boolean isTable(String format) {
    return format.isEmpty() || format.equals(TABLE) || format.startsWith(TABLE + " ");
  }

  private String template(String format) {
    return switch (format) {
      case "", TABLE -> defaultTable;
      case "json" -> JSON;
      case "raw" -> raw;
      default -> escapes(isTable(format) ? format.substring(TABLE.length() + 1).strip() : format);
    };
  }

  private String table(Template template, List<Row> rows) {
    StringBuilder text = new StringBuilder(execute(template, new Headers(titles))).append('\n');
    text.append(lines(template, rows));
    return TableWriter.align(text.toString());
  }

  private String lines(Template template, List<Row> rows) {
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

  private Template parse(String source) {
    try {
      return Template.parse(source);
    } catch (TemplateException e) {
      throw new CommandFailure(
          (isStrict ? "failed to parse template: " : "template parsing error: ") + e.getMessage());
    }
  }

  private String execute(Template template, Object value) {
    try {
      return template.execute(value);
    } catch (TemplateException e) {
      throw new CommandFailure(
          (isStrict ? "failed to execute template: " : "template parsing error: ")
              + e.getMessage());
    }
  }
}
