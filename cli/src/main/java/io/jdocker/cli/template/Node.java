package io.jdocker.cli.template;

import java.util.List;

/** A parsed template. */
sealed interface Node {

  /** Text copied as it is. */
  record Text(String text) implements Node {}

  /** A pipeline whose value is printed, unless it declares a variable. */
  record Action(Pipeline pipeline) implements Node {}

  /** {@code if} and {@code with}. */
  record Choice(boolean setsDot, Pipeline condition, List<Node> then, List<Node> otherwise)
      implements Node {}

  /** {@code range}. */
  record Range(Pipeline source, List<Node> body, List<Node> otherwise) implements Node {}

  /** {@code template "name" pipeline}; the pipeline is null when left out. */
  record Call(String name, Pipeline argument, int offset) implements Node {}

  /** {@code break}. */
  record Break() implements Node {}

  /** {@code continue}. */
  record Continue() implements Node {}

  /**
   * Commands whose results are passed on.
   *
   * @param variables the names before {@code :=} or {@code =}
   * @param declares true for {@code :=}
   */
  record Pipeline(List<String> variables, boolean declares, List<Command> commands) {}

  /** Operands: a value, or a function and its arguments. */
  record Command(List<Operand> operands) {}

  /** One word of a command; {@code offset} is where it stands. */
  sealed interface Operand {
    int offset();
  }

  /** A value written out. */
  record Literal(Object value, String written, int offset) implements Operand {}

  /** {@code .}, the current value. */
  record Dot(int offset) implements Operand {}

  /** A function's name. */
  record Function(String name, int offset) implements Operand {}

  /** {@code $x}. */
  record Variable(String name, int offset) implements Operand {}

  /** A pipeline in brackets. */
  record Group(Pipeline pipeline, int offset) implements Operand {}

  /** Fields looked up one after another in a base: {@code .A.B}, {@code $x.A}, {@code (f).A}. */
  record Fields(Operand base, List<String> names, int offset) implements Operand {}
}
