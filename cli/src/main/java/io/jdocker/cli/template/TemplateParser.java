package io.jdocker.cli.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts a template into text and actions and builds the tree. */
final class TemplateParser {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  private final String source;
  private final Map<String, List<Node>> definitions = new HashMap<>();
  private int at;
  private boolean trimNext;
  private int loops;

  TemplateParser(String source) {
    this.source = source;
  }

  /** The named templates; the whole stands under the empty name. */
  Map<String, List<Node>> parse() {
    List<Node> nodes = new ArrayList<>();
    String end = block(nodes);
    if (!end.isEmpty()) {
      throw failure("unexpected {{" + end + "}}");
    }
    definitions.put("", nodes);
    return definitions;
  }

  /**
   * Reads nodes up to {{end}}, {{else...}} or the end of the source; returns the closing word(s).
   */
  private String block(List<Node> nodes) {
    while (true) {
      int open = source.indexOf(OPEN, at);
      text(nodes, open < 0 ? source.length() : open, open >= 0 && trimsLeft(open));
      if (open < 0) {
        at = source.length();
        return "";
      }
      int start = trimsLeft(open) ? open + 3 : open + 2;
      if (isComment(start)) {
        skipComment(start);
        continue;
      }
      int close = closing(start);
      boolean trims =
          close - 2 >= start
              && source.charAt(close - 1) == '-'
              && Character.isWhitespace(source.charAt(close - 2));
      String inner = source.substring(start, trims ? close - 1 : close);
      List<Token> tokens = new ActionLexer(inner, start, lineAt(start)).tokens();
      at = close + 2;
      trimNext = trims;
      Token first = tokens.get(0);
      String word = first.is(Token.Kind.WORD) ? first.text() : "";
      if (word.equals("end") || word.equals("else")) {
        return inner.strip();
      }
      nodes.addAll(action(word, tokens));
    }
  }

  private void text(List<Node> nodes, int end, boolean trimEnd) {
    String text = source.substring(at, end);
    if (trimNext) {
      text = text.stripLeading();
    }
    if (trimEnd) {
      text = text.stripTrailing();
    }
    trimNext = false;
    if (!text.isEmpty()) {
      nodes.add(new Node.Text(text));
    }
  }

  private boolean trimsLeft(int open) {
    return open + 3 < source.length()
        && source.charAt(open + 2) == '-'
        && Character.isWhitespace(source.charAt(open + 3));
  }

  private boolean isComment(int start) {
    int from = start;
    while (from < source.length() && source.charAt(from) == ' ') {
      from++;
    }
    return source.startsWith("/*", from);
  }

  private void skipComment(int start) {
    int end = source.indexOf("*/", start);
    int close = end < 0 ? -1 : source.indexOf(CLOSE, end);
    if (close < 0) {
      throw failure("unclosed comment");
    }
    String between = source.substring(end + 2, close).strip();
    if (!between.isEmpty() && !between.equals("-")) {
      throw failure("comment ends before closing delimiter");
    }
    trimNext = between.equals("-");
    at = close + 2;
  }

  /** The closing delimiter that does not stand in a string. */
  private int closing(int start) {
    char quote = 0;
    for (int i = start; i < source.length(); i++) {
      char c = source.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote != '`') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '`' || c == '\'') {
        quote = c;
      } else if (source.startsWith(CLOSE, i)) {
        return i;
      }
    }
    at = start;
    throw failure(quote == 0 ? "unclosed action" : "unterminated quoted string");
  }

  private List<Node> action(String word, List<Token> tokens) {
    PipelineParser parser = new PipelineParser(tokens, lineAt(tokens.get(0).offset()));
    return switch (word) {
      case "if" -> List.of(choice(false, parser.afterKeyword("if")));
      case "with" -> List.of(choice(true, parser.afterKeyword("with")));
      case "range" -> List.of(range(parser.afterKeyword("range")));
      case "define", "block" -> definition(word, parser);
      case "template" -> List.of(parser.call());
      case "break", "continue" -> List.of(jump(word));
      default -> List.of(new Node.Action(parser.whole()));
    };
  }

  private Node range(Node.Pipeline source) {
    loops++;
    Branches branches = branches(true);
    loops--;
    return new Node.Range(source, branches.then(), branches.otherwise());
  }

  private Node jump(String word) {
    if (loops == 0) {
      throw failure("{{" + word + "}} outside {{range}}");
    }
    return word.equals("break") ? new Node.Break() : new Node.Continue();
  }

  private List<Node> definition(String word, PipelineParser parser) {
    Node.Call call = parser.call();
    List<Node> body = new ArrayList<>();
    if (!block(body).equals("end")) {
      throw failure("unexpected EOF");
    }
    definitions.put(call.name(), body);
    return word.equals("block") ? List.of(call) : List.of();
  }

  private Node choice(boolean setsDot, Node.Pipeline condition) {
    Branches branches = branches(false);
    return new Node.Choice(setsDot, condition, branches.then(), branches.otherwise());
  }

  private record Branches(List<Node> then, List<Node> otherwise) {}

  private Branches branches(boolean isLoop) {
    List<Node> then = new ArrayList<>();
    List<Node> otherwise = new ArrayList<>();
    String end = block(then);
    if (end.equals("else")) {
      end = block(otherwise);
    } else if (end.startsWith("else ") && !isLoop) {
      String rest = end.substring("else ".length()).strip();
      List<Token> tokens = new ActionLexer(rest, at - rest.length() - 2, lineAt(at)).tokens();
      otherwise.addAll(action(tokens.get(0).text(), tokens));
      return new Branches(then, otherwise);
    }
    if (!end.equals("end")) {
      throw failure(end.isEmpty() ? "unexpected EOF" : "unexpected {{" + end + "}}");
    }
    return new Branches(then, otherwise);
  }

  private int lineAt(int offset) {
    int line = 1;
    for (int i = 0; i < Math.min(offset, source.length()); i++) {
      if (source.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  private TemplateException failure(String what) {
    return new TemplateException("template: :" + lineAt(at) + ": " + what);
  }
}
