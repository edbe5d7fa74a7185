package io.jdocker.cli.template;

import java.util.List;
import java.util.Optional;

/** What the functions take: Go checks that before it calls one. */
final class Signature {
  private static final String ANYTHING = "any";
  private static final String TEXT = "string";
  private static final String NUMBER = "int";
  private static final String TEXTS = "[]string";

  /**
   * Arguments that do not fit.
   *
   * @param argument the index of the one that does not, -1 when their number is wrong
   */
  record Mismatch(int argument, String expected, String reason) {}

  private Signature() {}

  /** What is wrong with a call; empty when nothing is. */
  static Optional<Mismatch> check(String function, List<Object> arguments) {
    List<String> types = types(function);
    if (types.isEmpty()) {
      return Optional.empty();
    }
    if (types.size() != arguments.size()) {
      return Optional.of(
          new Mismatch(
              -1,
              "",
              "wrong number of args for "
                  + function
                  + ": want "
                  + types.size()
                  + " got "
                  + arguments.size()));
    }
    for (int i = 0; i < types.size(); i++) {
      if (!fits(types.get(i), arguments.get(i))) {
        String reason =
            "wrong type for value; expected "
                + types.get(i)
                + "; got "
                + GoPrinter.type(arguments.get(i));
        return Optional.of(new Mismatch(i, types.get(i), reason));
      }
    }
    return Optional.empty();
  }

  /** Empty for a function that takes any number of arguments. */
  private static List<String> types(String function) {
    return switch (function) {
      case "not", "len", "json" -> List.of(ANYTHING);
      case "title", "lower", "upper" -> List.of(TEXT);
      case "split" -> List.of(TEXT, TEXT);
      case "join" -> List.of(TEXTS, TEXT);
      case "truncate" -> List.of(TEXT, NUMBER);
      case "pad" -> List.of(TEXT, NUMBER, NUMBER);
      default -> List.of();
    };
  }

  private static boolean fits(String type, Object value) {
    return switch (type) {
      case TEXT -> value instanceof String;
      case NUMBER -> value instanceof Long;
      case TEXTS -> value instanceof List<?> || value == TypedNil.SLICE;
      default -> true;
    };
  }
}
