package io.jdocker.cli.format;

import com.google.gson.JsonElement;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.template.JsonValues;
import io.jdocker.cli.template.Template;
import io.jdocker.cli.template.TemplateException;

/** Prints one document of the API as {@code -f} asks. */
public final class Document {
  /** EX_USAGE of sysexits.h: docker's exit code for what is no template. */
  private static final int NO_TEMPLATE = 64;

  private Document() {}

  /** One line for one document: {@code json}, or a template filled in. */
  public static String print(String format, JsonElement document) {
    return printer(format).print(document);
  }

  /** A template parsed once for many documents. */
  public static Printer printer(String format) {
    String source = format.equals("json") ? "{{json .}}" : format;
    try {
      return new Printer(Template.parse(source));
    } catch (TemplateException e) {
      throw new CommandFailure("template parsing error: " + e.getMessage(), NO_TEMPLATE);
    }
  }

  /** Fills a template in. */
  public static final class Printer {
    private final Template template;

    private Printer(Template template) {
      this.template = template;
    }

    public String print(JsonElement document) {
      try {
        return template.execute(JsonValues.document(document));
      } catch (TemplateException e) {
        throw new CommandFailure("template parsing error: " + e.getMessage());
      }
    }
  }
}
