package io.jdocker.cli.template;

import com.google.gson.Gson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** The functions of a template: Go's builtins and docker's additions. */
final class Functions {
  private static final Set<String> NAMES =
      Set.of(
          "and",
          "or",
          "not",
          "len",
          "index",
          "slice",
          "print",
          "printf",
          "println",
          "html",
          "js",
          "urlquery",
          "call",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "json",
          "split",
          "join",
          "title",
          "lower",
          "upper",
          "pad",
          "truncate");

  private Functions() {}

  static boolean isDefined(String name) {
    return NAMES.contains(name);
  }

  /**
   * Calls a function.
   *
   * @throws IllegalArgumentException when the arguments do not suit it
   */
  static Object call(String name, List<Object> a) {
    return switch (name) {
      case "not" -> !Truth.of(a.get(0));
      case "len" -> length(a.get(0));
      case "index" -> index(a);
      case "slice" -> slice(a);
      case "print" -> print(a);
      case "println" -> spaced(a) + "\n";
      case "printf" -> Printf.format(text(first(a, name)), a.subList(1, a.size()));
      case "html" -> html(print(a));
      case "js" -> js(print(a));
      case "urlquery" -> URLEncoder.encode(print(a), StandardCharsets.UTF_8);
      case "eq", "ne", "lt", "le", "gt", "ge" -> Comparison.call(name, a);
      case "json" -> json(a.get(0));
      case "split" -> split(a);
      case "join" -> join(a);
      case "title" -> title(text(a.get(0)));
      case "lower" -> text(a.get(0)).toLowerCase(Locale.ROOT);
      case "upper" -> text(a.get(0)).toUpperCase(Locale.ROOT);
      case "pad" -> pad(a);
      case "truncate" -> truncate(a);
      default -> throw notCallable(first(a, name));
    };
  }

  private static Object first(List<Object> arguments, String name) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException(
          "wrong number of args for " + name + ": want at least 1 got 0");
    }
    return arguments.get(0);
  }

  private static IllegalArgumentException notCallable(Object value) {
    return new IllegalArgumentException(
        value == null
            ? "call of nil"
            : "non-function " + GoPrinter.nested(value) + " of type " + GoPrinter.type(value));
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "wrong type for value; expected string; got " + GoPrinter.type(value));
  }

  private static int number(Object value) {
    if (value instanceof Long number) {
      return Math.toIntExact(number);
    }
    throw new IllegalArgumentException(
        "wrong type for value; expected int; got " + GoPrinter.type(value));
  }

  private static long length(Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof TypedNil) {
      return 0;
    }
    if (value == null) {
      throw new IllegalArgumentException("len of nil pointer");
    }
    throw new IllegalArgumentException("len of type " + GoPrinter.type(value));
  }

  private static Object index(List<Object> arguments) {
    Object value = first(arguments, "index");
    for (Object key : arguments.subList(1, arguments.size())) {
      value = element(value, key);
    }
    return value;
  }

  private static Object element(Object holder, Object key) {
    if (holder instanceof TypedNil) {
      throw new IllegalArgumentException("index of untyped nil");
    }
    if (holder instanceof Map<?, ?> map) {
      return JsonValues.entry(map, name(key));
    }
    if (holder instanceof JsonStruct struct) {
      return struct.field(name(key), List.of()).map(Nil::unwrap).orElse(null);
    }
    int at = holder == null ? 0 : position(key);
    if (holder instanceof List<?> list && at >= 0 && at < list.size()) {
      return list.get(at);
    }
    if (holder instanceof String text && at >= 0 && at < text.length()) {
      return (long) text.getBytes(StandardCharsets.UTF_8)[at] & 0xff;
    }
    if (holder instanceof List<?> || holder instanceof String) {
      throw new IllegalArgumentException("index out of range: " + at);
    }
    throw new IllegalArgumentException(
        holder == null
            ? "index of untyped nil"
            : "can't index item of type " + GoPrinter.type(holder));
  }

  private static String name(Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new IllegalArgumentException(
        "value has type " + GoPrinter.type(key) + "; should be string");
  }

  private static int position(Object key) {
    if (key instanceof Long) {
      return number(key);
    }
    throw new IllegalArgumentException("cannot index slice/array with type " + GoPrinter.type(key));
  }

  private static Object slice(List<Object> arguments) {
    Object value = first(arguments, "slice");
    int size = Math.toIntExact(length(value));
    int from = arguments.size() > 1 ? number(arguments.get(1)) : 0;
    int to = arguments.size() > 2 ? number(arguments.get(2)) : size;
    if (from < 0 || from > size || to < 0 || to > size) {
      int wrong = from < 0 || from > size ? from : to;
      throw new IllegalArgumentException("index out of range: " + wrong);
    }
    if (from > to) {
      throw new IllegalArgumentException("invalid slice index: " + from + " > " + to);
    }
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new String(Arrays.copyOfRange(bytes, from, to), StandardCharsets.UTF_8);
    }
    if (value instanceof List<?> list) {
      return List.copyOf(list.subList(from, to));
    }
    throw new IllegalArgumentException("can't slice item of type " + GoPrinter.type(value));
  }

  /** fmt.Sprint: a blank between two operands when neither is a string. */
  private static String print(List<Object> values) {
    StringBuilder text = new StringBuilder();
    boolean wasText = true;
    for (Object value : values) {
      boolean isText = value instanceof String;
      if (!wasText && !isText) {
        text.append(' ');
      }
      text.append(GoPrinter.nested(value));
      wasText = isText;
    }
    return text.toString();
  }

  private static String spaced(List<Object> values) {
    StringJoiner text = new StringJoiner(" ");
    for (Object value : values) {
      text.add(GoPrinter.nested(value));
    }
    return text.toString();
  }

  private static String json(Object value) {
    // A null in the API's document stays in what is printed.
    String json =
        new Gson()
            .newBuilder()
            .serializeNulls()
            .disableHtmlEscaping()
            .create()
            .toJson(JsonValues.toJson(value));
    return value instanceof GoStruct struct && struct.escapesHtml()
        ? json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
        : json;
  }

  private static List<Object> split(List<Object> arguments) {
    String text = text(arguments.get(0));
    String separator = text(arguments.get(1));
    List<Object> parts = new ArrayList<>();
    if (separator.isEmpty()) {
      text.codePoints().forEach(point -> parts.add(Character.toString(point)));
      return parts;
    }
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String join(List<Object> arguments) {
    StringJoiner joined = new StringJoiner(text(arguments.get(1)));
    if (arguments.get(0) instanceof List<?> list) {
      list.forEach(element -> joined.add(GoPrinter.nested(element)));
    }
    return joined.toString();
  }

  private static String title(String text) {
    StringBuilder titled = new StringBuilder(text);
    boolean startsWord = true;
    for (int i = 0; i < titled.length(); i++) {
      char c = titled.charAt(i);
      if (startsWord) {
        titled.setCharAt(i, Character.toTitleCase(c));
      }
      startsWord = Character.isWhitespace(c);
    }
    return titled.toString();
  }

  private static String pad(List<Object> arguments) {
    String text = text(arguments.get(0));
    if (text.isEmpty()) {
      return text;
    }
    return " ".repeat(number(arguments.get(1))) + text + " ".repeat(number(arguments.get(2)));
  }

  private static String truncate(List<Object> arguments) {
    String text = text(arguments.get(0));
    int most = number(arguments.get(1));
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("'", "&#39;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;");
  }

  private static String js(String text) {
    return text.replace("\\", "\\\\")
        .replace("'", "\\'")
        .replace("\"", "\\\"")
        .replace("<", "\\u003C")
        .replace(">", "\\u003E")
        .replace("&", "\\u0026")
        .replace("=", "\\u003D")
        .replace("\n", "\\u000A");
  }
}
