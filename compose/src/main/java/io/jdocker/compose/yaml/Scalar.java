package io.jdocker.compose.yaml;

/**
 * A single value.
 *
 * @param text as written, without quotes; empty for null
 */
public record Scalar(String text, Kind kind, Position position, Directive directive)
    implements Value {
  /** How YAML 1.2 (core schema) reads the text. */
  public enum Kind {
    STRING("string"),
    INTEGER("integer"),
    DECIMAL("number"),
    BOOLEAN("boolean"),
    NULL("null");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** A text that stands where another value did. */
  public static Scalar text(String text, Position position) {
    return new Scalar(text, Kind.STRING, position, Directive.MERGE);
  }

  public static Scalar integer(long number, Position position) {
    return new Scalar(Long.toString(number), Kind.INTEGER, position, Directive.MERGE);
  }

  public static Scalar flag(boolean flag, Position position) {
    return new Scalar(Boolean.toString(flag), Kind.BOOLEAN, position, Directive.MERGE);
  }

  public static Scalar nothing(Position position) {
    return new Scalar("", Kind.NULL, position, Directive.MERGE);
  }

  /** The same place with another text. */
  public Scalar withText(String replaced) {
    return new Scalar(replaced, kind, position, directive);
  }
}
