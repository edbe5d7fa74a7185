package io.jdocker.cli.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run of a template. */
final class Execution {
  private static final int DEEPEST_CALL = 1000;

  /** How a block ended. */
  private enum Flow {
    NORMAL,
    BREAK,
    CONTINUE
  }

  private static final class Binding {
    private final String name;
    private Object value;

    Binding(String name, Object value) {
      this.name = name;
      this.value = value;
    }
  }

  private final String source;
  private final Map<String, List<Node>> definitions;
  private final StringBuilder out = new StringBuilder();
  private Deque<Binding> variables = new ArrayDeque<>();
  private int depth;

  Execution(String source, Map<String, List<Node>> definitions) {
    this.source = source;
    this.definitions = definitions;
  }

  String run(Object value) {
    variables.push(new Binding("$", value));
    block(definitions.get(""), value);
    return out.toString();
  }

  private Flow block(List<Node> nodes, Object dot) {
    for (Node node : nodes) {
      Flow flow = node(node, dot);
      if (flow != Flow.NORMAL) {
        return flow;
      }
    }
    return Flow.NORMAL;
  }

  private Flow scoped(List<Node> nodes, Object dot) {
    int mark = variables.size();
    Flow flow = block(nodes, dot);
    forgetTo(mark);
    return flow;
  }

  private void forgetTo(int mark) {
    while (variables.size() > mark) {
      variables.pop();
    }
  }

  private Flow node(Node node, Object dot) {
    if (node instanceof Node.Text text) {
      out.append(text.text());
    } else if (node instanceof Node.Action action) {
      Object value = pipeline(action.pipeline(), dot);
      if (action.pipeline().variables().isEmpty()) {
        out.append(GoPrinter.print(value));
      }
    } else if (node instanceof Node.Choice choice) {
      return choice(choice, dot);
    } else if (node instanceof Node.Range range) {
      range(range, dot);
    } else if (node instanceof Node.Call call) {
      call(call, dot);
    } else {
      return node instanceof Node.Break ? Flow.BREAK : Flow.CONTINUE;
    }
    return Flow.NORMAL;
  }

  private Flow choice(Node.Choice choice, Object dot) {
    int mark = variables.size();
    Object value = pipeline(choice.condition(), dot);
    boolean holds = Truth.of(value);
    Flow flow =
        block(holds ? choice.then() : choice.otherwise(), holds && choice.setsDot() ? value : dot);
    forgetTo(mark);
    return flow;
  }

  private void range(Node.Range range, Object dot) {
    int mark = variables.size();
    Node.Pipeline source = range.source();
    Object value = commands(source, dot);
    Map<Object, Object> entries = entries(range, value);
    for (Map.Entry<Object, Object> entry : entries.entrySet()) {
      bindRange(source, entry);
      Flow flow = scoped(range.body(), entry.getValue());
      forgetTo(mark);
      if (flow == Flow.BREAK) {
        break;
      }
    }
    if (entries.isEmpty()) {
      scoped(range.otherwise(), dot);
    }
  }

  private void bindRange(Node.Pipeline source, Map.Entry<Object, Object> entry) {
    List<String> names = source.variables();
    if (names.size() == 1) {
      bind(source, names.get(0), entry.getValue());
    } else if (names.size() == 2) {
      bind(source, names.get(0), entry.getKey());
      bind(source, names.get(1), entry.getValue());
    }
  }

  /** Index or key to value; maps are walked in the order of their keys. */
  private Map<Object, Object> entries(Node.Range range, Object value) {
    Map<Object, Object> entries = new TreeMap<>();
    if (value instanceof List<?> list) {
      long index = 0;
      for (Object element : list) {
        entries.put(index++, element);
      }
    } else if (value instanceof Map<?, ?> map) {
      entries.putAll(map);
    } else if (value instanceof JsonStruct struct) {
      struct
          .object()
          .entrySet()
          .forEach(e -> entries.put(e.getKey(), JsonValues.field(e.getKey(), e.getValue())));
    } else if (value instanceof Long count) {
      for (long index = 0; index < count; index++) {
        entries.put(index, index);
      }
    } else if (value != null && !(value instanceof TypedNil)) {
      Node.Operand at = range.source().commands().get(0).operands().get(0);
      throw failure(at, "range can't iterate over " + GoPrinter.print(value));
    }
    return entries;
  }

  private void call(Node.Call call, Object dot) {
    List<Node> body = definitions.get(call.name());
    if (body == null) {
      throw new TemplateException(
          "template: :"
              + position(call.offset())
              + ": executing \"\" at <{{template "
              + GoStrings.quote(call.name())
              + "}}>: template "
              + GoStrings.quote(call.name())
              + " not defined");
    }
    if (++depth > DEEPEST_CALL) {
      throw new TemplateException(
          "template: exceeded maximum template depth (" + DEEPEST_CALL + ")");
    }
    Object argument = call.argument() == null ? null : pipeline(call.argument(), dot);
    Deque<Binding> outer = variables;
    variables = new ArrayDeque<>();
    variables.push(new Binding("$", argument));
    block(body, argument);
    variables = outer;
    depth--;
  }

  private Object pipeline(Node.Pipeline pipeline, Object dot) {
    Object value = commands(pipeline, dot);
    for (String name : pipeline.variables()) {
      bind(pipeline, name, value);
    }
    return value;
  }

  private Object commands(Node.Pipeline pipeline, Object dot) {
    Optional<Object> previous = Optional.empty();
    for (Node.Command command : pipeline.commands()) {
      previous = Optional.of(Nil.wrap(command(command, dot, previous)));
    }
    return Nil.unwrap(previous.orElseThrow());
  }

  private void bind(Node.Pipeline pipeline, String name, Object value) {
    if (pipeline.declares()) {
      variables.push(new Binding(name, value));
    } else {
      binding(name).value = value;
    }
  }

  private Binding binding(String name) {
    for (Binding binding : variables) {
      if (binding.name.equals(name)) {
        return binding;
      }
    }
    throw new TemplateException("template: :1: undefined variable \"" + name + "\"");
  }

  private Object command(Node.Command command, Object dot, Optional<Object> piped) {
    Node.Operand first = command.operands().get(0);
    if (first instanceof Node.Function function) {
      return function(function, command, dot, piped);
    }
    List<Object> arguments = new ArrayList<>();
    if (first instanceof Node.Fields fields) {
      rest(command, dot, arguments);
      if (piped.isPresent()) {
        arguments.add(Nil.unwrap(piped.get()));
      }
      return fields(fields, dot, arguments);
    }
    if (first instanceof Node.Literal literal && literal.value() == null) {
      throw failure(first, "nil is not a command");
    }
    if (command.operands().size() > 1 || piped.isPresent()) {
      throw failure(first, "can't give argument to non-function " + NodeText.of(first));
    }
    return operand(first, dot);
  }

  private void rest(Node.Command command, Object dot, List<Object> arguments) {
    for (Node.Operand operand : command.operands().subList(1, command.operands().size())) {
      arguments.add(operand(operand, dot));
    }
  }

  private Object function(
      Node.Function function, Node.Command command, Object dot, Optional<Object> piped) {
    if (function.name().equals("and") || function.name().equals("or")) {
      return shortCircuit(function.name().equals("or"), command, dot, piped);
    }
    List<Object> arguments = new ArrayList<>();
    rest(command, dot, arguments);
    if (piped.isPresent()) {
      arguments.add(Nil.unwrap(piped.get()));
    }
    Optional<Signature.Mismatch> mismatch = Signature.check(function.name(), arguments);
    if (mismatch.isPresent()) {
      throw mismatched(mismatch.get(), command);
    }
    try {
      return Functions.call(function.name(), arguments);
    } catch (IllegalArgumentException e) {
      throw failure(
          function.offset(),
          NodeText.of(command),
          "error calling " + function.name() + ": " + e.getMessage());
    }
  }

  /** Go names the argument that does not fit, or the function when their number is wrong. */
  private TemplateException mismatched(Signature.Mismatch mismatch, Node.Command command) {
    int place = mismatch.argument() + 1;
    if (place == 0 || place >= command.operands().size()) {
      return failure(command.operands().get(0), mismatch.reason());
    }
    Node.Operand culprit = command.operands().get(place);
    return culprit instanceof Node.Literal literal
        ? failure(culprit, "expected " + mismatch.expected() + "; found " + literal.written())
        : failure(culprit, mismatch.reason());
  }

  /** and, or: the first operand that decides; those after it are not evaluated. */
  private Object shortCircuit(
      boolean stopsAt, Node.Command command, Object dot, Optional<Object> piped) {
    Object value = null;
    for (Node.Operand operand : command.operands().subList(1, command.operands().size())) {
      value = operand(operand, dot);
      if (Truth.of(value) == stopsAt) {
        return value;
      }
    }
    return piped.isPresent() ? Nil.unwrap(piped.get()) : value;
  }

  private Object operand(Node.Operand operand, Object dot) {
    if (operand instanceof Node.Literal literal) {
      return literal.value();
    }
    if (operand instanceof Node.Variable variable) {
      return binding(variable.name()).value;
    }
    if (operand instanceof Node.Group group) {
      return pipeline(group.pipeline(), dot);
    }
    if (operand instanceof Node.Fields fields) {
      return fields(fields, dot, List.of());
    }
    if (operand instanceof Node.Function) {
      return command(new Node.Command(List.of(operand)), dot, Optional.empty());
    }
    return dot;
  }

  private Object fields(Node.Fields fields, Object dot, List<Object> arguments) {
    Object value = operand(fields.base(), dot);
    int last = fields.names().size() - 1;
    boolean isOfDocument = false;
    for (int i = 0; i <= last; i++) {
      if (isOfDocument && !(value instanceof GoStruct || value instanceof Map<?, ?>)) {
        requireNothing(fields, value, i);
      }
      isOfDocument = value instanceof JsonStruct || value instanceof Map<?, ?>;
      value = field(fields, value, i, i == last ? arguments : List.of());
    }
    return value;
  }

  /** What a document holds has no type that a template could know, unless it is an object. */
  private void requireNothing(Node.Fields fields, Object value, int index) {
    if (value != null && !(value instanceof TypedNil)) {
      throw failure(
          fields, "can't evaluate field " + fields.names().get(index) + " in type interface {}");
    }
  }

  private Object field(Node.Fields fields, Object holder, int index, List<Object> arguments) {
    String name = fields.names().get(index);
    if (holder instanceof JsonStruct && !arguments.isEmpty()) {
      throw failure(fields, name + " is not a method but has arguments");
    }
    if (holder instanceof GoStruct struct) {
      Optional<Object> found;
      try {
        found = struct.field(name, arguments);
      } catch (IllegalArgumentException e) {
        throw failure(fields, e.getMessage());
      }
      if (found.isEmpty()) {
        throw failure(fields, struct.missing(name));
      }
      return Nil.unwrap(found.get());
    }
    if (holder instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (holder == null) {
      return null; // a key that a map has not: whatever is asked of it is absent too
    }
    if (holder instanceof TypedNil) {
      String before = index == 0 ? name : fields.names().get(index - 1);
      throw failure(
          fields,
          JsonValues.omitted(before).isPresent()
              ? "map has no entry for key \"" + before + "\""
              : "nil data; no entry for key \"" + name + "\"");
    }
    throw failure(fields, "can't evaluate field " + name + " in type " + GoPrinter.type(holder));
  }

  private TemplateException failure(Node.Operand operand, String what) {
    return failure(operand.offset(), NodeText.of(operand), what);
  }

  private TemplateException failure(int offset, String written, String what) {
    return new TemplateException(
        "template: :" + position(offset) + ": executing \"\" at <" + written + ">: " + what);
  }

  /** {@code line:column} of an offset, the column counted from 0 as Go does. */
  private String position(int offset) {
    String before = source.substring(0, offset);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    return line + ":" + (offset - before.lastIndexOf('\n') - 1);
  }
}
