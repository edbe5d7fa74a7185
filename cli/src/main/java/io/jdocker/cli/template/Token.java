package io.jdocker.cli.template;

/**
 * One token of an action.
 *
 * @param text the token as written; for a string literal its value
 * @param offset where it starts in the template, in characters
 * @param afterSpace true when white space stands before it: {@code $x .y} is two operands
 */
record Token(Kind kind, String text, int offset, boolean afterSpace) {
  enum Kind {
    WORD,
    FIELD,
    DOT,
    VARIABLE,
    STRING,
    CHARACTER,
    NUMBER,
    PIPE,
    OPEN,
    CLOSE,
    DECLARE,
    ASSIGN,
    COMMA,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }
}
