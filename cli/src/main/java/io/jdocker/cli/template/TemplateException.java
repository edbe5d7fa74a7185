package io.jdocker.cli.template;

/** A template that cannot be parsed or executed. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super(message);
  }
}
