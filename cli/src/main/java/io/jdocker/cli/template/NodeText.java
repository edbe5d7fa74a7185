package io.jdocker.cli.template;

import java.util.StringJoiner;

/** Writes an operand back as a template, for error messages. */
final class NodeText {
  private NodeText() {}

  static String of(Node.Operand operand) {
    if (operand instanceof Node.Literal literal) {
      return literal.written();
    }
    if (operand instanceof Node.Function function) {
      return function.name();
    }
    if (operand instanceof Node.Variable variable) {
      return variable.name();
    }
    if (operand instanceof Node.Group group) {
      return "(" + of(group.pipeline()) + ")";
    }
    if (operand instanceof Node.Fields fields) {
      String base = fields.base() instanceof Node.Dot ? "" : of(fields.base());
      return base + "." + String.join(".", fields.names());
    }
    return ".";
  }

  private static String of(Node.Pipeline pipeline) {
    StringJoiner commands = new StringJoiner(" | ");
    for (Node.Command command : pipeline.commands()) {
      commands.add(of(command));
    }
    return commands.toString();
  }

  static String of(Node.Command command) {
    StringJoiner words = new StringJoiner(" ");
    for (Node.Operand operand : command.operands()) {
      words.add(of(operand));
    }
    return words.toString();
  }
}
