package io.jdocker.cli.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Prints values as Go's fmt package does with {@code %v}. */
final class GoPrinter {
  /** strconv.FormatFloat with 'g' and the shortest precision. */
  private static final int LEAST_EXPONENT = 6;

  private GoPrinter() {}

  /** A value as an action prints it: nil reads {@code <no value>}. */
  static String print(Object value) {
    return value == null ? "<no value>" : nested(value);
  }

  /** A value inside another: nil reads {@code <nil>}. */
  static String nested(Object value) {
    if (value == null) {
      return "<nil>";
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof List<?> list) {
      StringJoiner text = new StringJoiner(" ", "[", "]");
      for (Object element : list) {
        text.add(nested(element));
      }
      return text.toString();
    }
    if (value instanceof Map<?, ?> map) {
      StringJoiner text = new StringJoiner(" ", "map[", "]");
      for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
        text.add(entry.getKey() + ":" + nestedInMap(entry.getValue()));
      }
      return text.toString();
    }
    if (value instanceof GoStruct struct) {
      StringJoiner text = new StringJoiner(" ", "{", "}");
      for (Object element : struct.values()) {
        text.add(nested(element));
      }
      return text.toString();
    }
    return value.toString();
  }

  /** A nil slice in a map, such as an exposed port without bindings, prints as an empty one. */
  private static String nestedInMap(Object value) {
    return value == null ? "[]" : nested(value);
  }

  /** {@code %v} of a float: its shortest form, below 0.0001 and from a million on scientific. */
  static String number(double value) {
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int power = shortest.precision() - shortest.scale() - 1;
    if (shortest.signum() == 0 || (power >= -4 && power < LEAST_EXPONENT)) {
      return shortest.toPlainString();
    }
    String digits = Math.abs(power) < 10 ? "0" + Math.abs(power) : "" + Math.abs(power);
    return shortest.movePointLeft(power).toPlainString() + (power < 0 ? "e-" : "e+") + digits;
  }

  /** The Go type an error names. */
  static String type(Object value) {
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Long) {
      return "int";
    }
    if (value instanceof Double) {
      return "float64";
    }
    return value instanceof List<?> ? "[]interface {}" : "interface {}";
  }
}
