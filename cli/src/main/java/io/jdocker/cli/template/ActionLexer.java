package io.jdocker.cli.template;

import java.util.ArrayList;
import java.util.List;

/** Splits the inside of one {@code {{ }}} into tokens. */
final class ActionLexer {
  private final String source;
  private final int base;
  private final int line;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /**
   * Prepares to read.
   *
   * @param base offset of the source in the whole template
   * @param line the line an error names
   */
  ActionLexer(String source, int base, int line) {
    this.source = source;
    this.base = base;
    this.line = line;
  }

  List<Token> tokens() {
    while (true) {
      boolean space = skipSpace();
      if (at == source.length()) {
        tokens.add(new Token(Token.Kind.END, "", base + at, space));
        return tokens;
      }
      int start = at;
      Token.Kind kind = next();
      String text = source.substring(start, at);
      if (kind == Token.Kind.STRING || kind == Token.Kind.CHARACTER) {
        text = GoStrings.unquote(text);
      }
      tokens.add(new Token(kind, text, base + start, space));
    }
  }

  private boolean skipSpace() {
    int start = at;
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    return at > start;
  }

  private Token.Kind next() {
    char c = source.charAt(at);
    if (c == '"' || c == '`') {
      skipQuoted(c, "quoted string");
      return Token.Kind.STRING;
    }
    if (c == '\'') {
      skipQuoted(c, "character constant");
      return Token.Kind.CHARACTER;
    }
    if (c == '$') {
      at++;
      skipName();
      return Token.Kind.VARIABLE;
    }
    if (isDigit(c) || ((c == '-' || c == '+' || c == '.') && isDigit(peek(1)))) {
      skipNumber();
      return Token.Kind.NUMBER;
    }
    if (c == '.') {
      at++;
      int start = at;
      skipName();
      return at > start ? Token.Kind.FIELD : Token.Kind.DOT;
    }
    if (isNameStart(c)) {
      skipName();
      return Token.Kind.WORD;
    }
    return symbol(c);
  }

  private Token.Kind symbol(char c) {
    at++;
    return switch (c) {
      case '|' -> Token.Kind.PIPE;
      case '(' -> Token.Kind.OPEN;
      case ')' -> Token.Kind.CLOSE;
      case ',' -> Token.Kind.COMMA;
      case '=' -> Token.Kind.ASSIGN;
      case ':' -> {
        if (peek(0) != '=') {
          throw failure("expected :=");
        }
        at++;
        yield Token.Kind.DECLARE;
      }
      default -> throw failure("unexpected \"" + c + "\" in operand");
    };
  }

  private void skipQuoted(char quote, String what) {
    at++;
    while (at < source.length() && source.charAt(at) != quote) {
      if (source.charAt(at) == '\\' && quote != '`') {
        at++;
      }
      if (peek(0) == '\n' && quote != '`') {
        throw failure("unterminated " + what);
      }
      at++;
    }
    if (at >= source.length()) {
      throw failure("unterminated " + what);
    }
    at++;
  }

  private void skipNumber() {
    at++;
    while (isNameStart(peek(0)) || isDigit(peek(0)) || peek(0) == '.') {
      at++;
    }
  }

  private void skipName() {
    while (isNameStart(peek(0)) || isDigit(peek(0))) {
      at++;
    }
  }

  private char peek(int ahead) {
    return at + ahead < source.length() ? source.charAt(at + ahead) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private TemplateException failure(String what) {
    return new TemplateException("template: :" + line + ": " + what);
  }
}
