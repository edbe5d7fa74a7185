package io.jdocker.cli.template;

import java.util.List;
import java.util.Map;

/** A parsed template, to be executed any number of times. Immutable. */
public final class Template {
  private final String source;
  private final Map<String, List<Node>> definitions;

  private Template(String source, Map<String, List<Node>> definitions) {
    this.source = source;
    this.definitions = definitions;
  }

  /**
   * Parses the text.
   *
   * @throws TemplateException with Go's message when it is no template
   */
  public static Template parse(String source) {
    return new Template(source, new TemplateParser(source).parse());
  }

  /**
   * Fills the template in.
   *
   * @throws TemplateException when it asks for what the value has not
   */
  public String execute(Object value) {
    return new Execution(source, definitions).run(value);
  }
}
