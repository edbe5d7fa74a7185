package io.jdocker.cli.template;

import java.util.List;
import java.util.Map;

/** eq, ne, lt, le, gt, ge. */
final class Comparison {
  private Comparison() {}

  static boolean call(String name, List<Object> arguments) {
    if (arguments.size() < 2 || (arguments.size() > 2 && !name.equals("eq"))) {
      throw new IllegalArgumentException("missing argument for comparison");
    }
    Object left = arguments.get(0);
    Object right = arguments.get(1);
    return switch (name) {
      case "eq" -> equalsAny(left, arguments.subList(1, arguments.size()));
      case "ne" -> !equal(left, right);
      case "lt" -> order(left, right) < 0;
      case "le" -> order(left, right) <= 0;
      case "gt" -> order(left, right) > 0;
      default -> order(left, right) >= 0;
    };
  }

  private static boolean equalsAny(Object left, List<Object> others) {
    for (Object other : others) {
      if (equal(left, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(Object left, Object right) {
    if (left instanceof List<?> || left instanceof Map<?, ?>) {
      throw new IllegalArgumentException("non-comparable type");
    }
    if (left == null || right == null) {
      return left == right;
    }
    if (!kind(left).equals(kind(right))) {
      throw new IllegalArgumentException("incompatible types for comparison");
    }
    return left.equals(right);
  }

  private static int order(Object left, Object right) {
    if (left instanceof String a && right instanceof String b) {
      return a.compareTo(b);
    }
    if (left instanceof Long a && right instanceof Long b) {
      return a.compareTo(b);
    }
    if (left instanceof Double a && right instanceof Double b) {
      return a.compareTo(b);
    }
    throw new IllegalArgumentException(
        left == null || right == null || kind(left).equals(kind(right))
            ? "invalid type for comparison"
            : "incompatible types for comparison");
  }

  private static Class<?> kind(Object value) {
    return value.getClass();
  }
}
