package io.jdocker.cli.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Parses the tokens of one action. */
final class PipelineParser {
  private final List<Token> tokens;
  private final int line;
  private int at;

  PipelineParser(List<Token> tokens, int line) {
    this.tokens = tokens;
    this.line = line;
  }

  /** The whole action as a pipeline. */
  Node.Pipeline whole() {
    Node.Pipeline pipeline = pipeline("command");
    expect(Token.Kind.END);
    return pipeline;
  }

  /** The pipeline after {@code if}, {@code with} or {@code range}. */
  Node.Pipeline afterKeyword(String keyword) {
    at++;
    Node.Pipeline pipeline = pipeline(keyword);
    expect(Token.Kind.END);
    return pipeline;
  }

  /** {@code template "name" argument}, {@code define "name"}, {@code block "name" argument}. */
  Node.Call call() {
    Token keyword = tokens.get(at++);
    Token name = tokens.get(at++);
    if (!name.is(Token.Kind.STRING)) {
      throw failure("unexpected \"" + name.text() + "\" in " + keyword.text() + " clause");
    }
    Node.Pipeline argument = peek().is(Token.Kind.END) ? null : pipeline(keyword.text());
    return new Node.Call(name.text(), argument, name.offset());
  }

  private Node.Pipeline pipeline(String context) {
    List<String> variables = new ArrayList<>();
    boolean declares = false;
    int assignment = assignmentAt();
    if (assignment > 0) {
      for (; at < assignment; at++) {
        if (peek().is(Token.Kind.VARIABLE)) {
          variables.add(peek().text());
        }
      }
      declares = tokens.get(at++).is(Token.Kind.DECLARE);
    }
    List<Node.Command> commands = new ArrayList<>();
    commands.add(command(context));
    while (peek().is(Token.Kind.PIPE)) {
      at++;
      if (!peek().is(Token.Kind.END)) {
        commands.add(command(context)); // Go takes a pipe at the end for none
      }
    }
    return new Node.Pipeline(variables, declares, commands);
  }

  /** Where {@code :=} or {@code =} stands after {@code $a} or {@code $a, $b}; -1 when nowhere. */
  private int assignmentAt() {
    for (int i = at; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is(Token.Kind.DECLARE) || token.is(Token.Kind.ASSIGN)) {
        return i;
      }
      if (!token.is(Token.Kind.VARIABLE) && !token.is(Token.Kind.COMMA)) {
        return -1;
      }
    }
    return -1;
  }

  private Node.Command command(String context) {
    List<Node.Operand> operands = new ArrayList<>();
    while (!isEndOfCommand(peek())) {
      operands.add(operand());
    }
    if (operands.isEmpty()) {
      if (peek().is(Token.Kind.PIPE)) {
        throw failure("unexpected \"|\" in " + context);
      }
      throw failure("missing value for " + context);
    }
    return new Node.Command(operands);
  }

  private static boolean isEndOfCommand(Token token) {
    return token.is(Token.Kind.END) || token.is(Token.Kind.PIPE) || token.is(Token.Kind.CLOSE);
  }

  private Node.Operand operand() {
    Token token = tokens.get(at++);
    Node.Operand base = base(token);
    List<String> names = new ArrayList<>();
    if (token.is(Token.Kind.FIELD)) {
      names.add(token.text().substring(1));
    }
    // Go places a chain where its second part starts.
    boolean isChain = peek().is(Token.Kind.FIELD) && !peek().afterSpace();
    int offset = isChain ? peek().offset() : token.offset();
    while (peek().is(Token.Kind.FIELD) && !peek().afterSpace()) {
      names.add(tokens.get(at++).text().substring(1));
    }
    return names.isEmpty() ? base : new Node.Fields(base, names, offset);
  }

  private Node.Operand base(Token token) {
    int offset = token.offset();
    return switch (token.kind()) {
      case FIELD, DOT -> new Node.Dot(offset);
      case VARIABLE -> new Node.Variable(token.text(), offset);
      case STRING -> new Node.Literal(token.text(), GoStrings.quote(token.text()), offset);
      case CHARACTER ->
          new Node.Literal((long) token.text().codePointAt(0), "'" + token.text() + "'", offset);
      case NUMBER -> new Node.Literal(number(token.text()), token.text(), offset);
      case WORD -> word(token);
      case OPEN -> {
        Node.Pipeline inner = pipeline("parenthesized pipeline");
        expect(Token.Kind.CLOSE);
        yield new Node.Group(inner, offset);
      }
      case PIPE, CLOSE, DECLARE, ASSIGN, COMMA, END ->
          throw failure("unexpected \"" + token.text() + "\" in operand");
    };
  }

  private Node.Operand word(Token token) {
    String word = token.text();
    return switch (word) {
      case "true" -> new Node.Literal(true, word, token.offset());
      case "false" -> new Node.Literal(false, word, token.offset());
      case "nil" -> new Node.Literal(null, word, token.offset());
      default -> {
        if (!Functions.isDefined(word)) {
          throw failure("function \"" + word + "\" not defined");
        }
        yield new Node.Function(word, token.offset());
      }
    };
  }

  private Object number(String text) {
    try {
      return Long.decode(text.replace("_", ""));
    } catch (NumberFormatException e) {
      try {
        return new BigDecimal(text).doubleValue();
      } catch (NumberFormatException again) {
        throw failure("bad number syntax: \"" + text + "\"");
      }
    }
  }

  private Token peek() {
    return tokens.get(at);
  }

  private void expect(Token.Kind kind) {
    Token token = tokens.get(at);
    if (!token.is(kind)) {
      throw failure(
          kind == Token.Kind.CLOSE
              ? "unclosed left paren"
              : token.is(Token.Kind.CLOSE)
                  ? "unexpected right paren"
                  : "unexpected \"" + token.text() + "\" in command");
    }
    at++;
  }

  private TemplateException failure(String what) {
    return new TemplateException("template: :" + line + ": " + what);
  }
}
