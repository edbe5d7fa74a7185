package io.jdocker.compose.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A tree as text: YAML or JSON, its keys sorted, so that equal trees give equal texts. */
public final class DocumentText {
  private static final String NEEDS_QUOTES = "-?:,[]{}#&*!|>'\"%@`";

  private final StringBuilder out = new StringBuilder();

  private DocumentText() {}

  /** YAML in block style. */
  public static String yaml(Mapping document) {
    DocumentText text = new DocumentText();
    text.yamlMembers(document, 0, false);
    return text.out.toString();
  }

  /** JSON on one line. */
  public static String json(Value value) {
    DocumentText text = new DocumentText();
    text.json(value, -1);
    return text.out.toString();
  }

  /** JSON, two blanks a level. */
  public static String indentedJson(Value value) {
    DocumentText text = new DocumentText();
    text.json(value, 0);
    return text.out.append('\n').toString();
  }

  private void yamlMembers(Mapping mapping, int indent, boolean afterDash) {
    boolean first = afterDash;
    // The project's name leads, as docker compose has it.
    if (indent == 0 && mapping.has("name")) {
      yamlMember("name", mapping.find("name").orElseThrow(), indent, false);
    }
    for (Map.Entry<String, Value> member : new TreeMap<>(mapping.members()).entrySet()) {
      if (indent > 0 || !member.getKey().equals("name")) {
        yamlMember(member.getKey(), member.getValue(), indent, first);
        first = false;
      }
    }
  }

  private void yamlMember(String name, Value value, int indent, boolean afterDash) {
    out.append(afterDash ? "" : " ".repeat(indent)).append(plainOrQuoted(name)).append(':');
    yamlValue(value, indent);
  }

  private void yamlValue(Value value, int indent) {
    if (value instanceof Mapping mapping && !mapping.names().isEmpty()) {
      out.append('\n');
      yamlMembers(mapping, indent + 2, false);
    } else if (value instanceof Sequence sequence && !sequence.items().isEmpty()) {
      out.append('\n');
      for (Value item : sequence.items()) {
        out.append(" ".repeat(indent + 2)).append('-');
        if (item instanceof Mapping mapping && !mapping.names().isEmpty()) {
          out.append(' ');
          yamlMembers(mapping, indent + 4, true);
        } else {
          yamlValue(item, indent + 2);
        }
      }
    } else if (value instanceof Scalar scalar) {
      out.append(' ').append(yamlScalar(scalar)).append('\n');
    } else {
      out.append(value instanceof Mapping ? " {}\n" : " []\n");
    }
  }

  private static String yamlScalar(Scalar scalar) {
    return switch (scalar.kind()) {
      case NULL -> "null";
      case INTEGER, DECIMAL, BOOLEAN -> scalar.text();
      case STRING -> plainOrQuoted(scalar.text());
    };
  }

  /** Quotes what would be read as something else: numbers, truths, what has a meaning in YAML. */
  private static String plainOrQuoted(String text) {
    boolean isPlain =
        !text.isEmpty()
            && text.equals(text.strip())
            && NEEDS_QUOTES.indexOf(text.charAt(0)) < 0
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.endsWith(":")
            && text.chars().allMatch(c -> c >= ' ' && c != 127)
            && !looksLikeAnother(text);
    return isPlain ? text : quoted(text);
  }

  private static boolean looksLikeAnother(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.matches("true|false|yes|no|on|off|y|n|null|~|<<|\\.nan|[-+]?\\.inf")
        || lower.matches("[-+.]?\\d[\\d_.:]*(e[-+]?\\d+)?")
        || lower.matches("[-+]?0[xo][\\da-f_]+")
        || lower.matches("\\d{4}-\\d\\d?-\\d\\d?.*");
  }

  private void json(Value value, int indent) {
    if (value instanceof Mapping mapping) {
      String separator = "{";
      for (Map.Entry<String, Value> member : new TreeMap<>(mapping.members()).entrySet()) {
        out.append(separator).append(line(indent, 2)).append(quoted(member.getKey()));
        out.append(indent < 0 ? ":" : ": ");
        json(member.getValue(), deeper(indent));
        separator = ",";
      }
      out.append(separator.equals("{") ? "{}" : line(indent, 0) + "}");
    } else if (value instanceof Sequence sequence) {
      String separator = "[";
      for (Value item : sequence.items()) {
        out.append(separator).append(line(indent, 2));
        json(item, deeper(indent));
        separator = ",";
      }
      out.append(separator.equals("[") ? "[]" : line(indent, 0) + "]");
    } else {
      Scalar scalar = (Scalar) value;
      out.append(
          switch (scalar.kind()) {
            case NULL -> "null";
            case BOOLEAN -> scalar.text().toLowerCase(Locale.ROOT);
            case INTEGER, DECIMAL -> number(scalar.text());
            case STRING -> quoted(scalar.text());
          });
    }
  }

  /** JSON knows decimal numbers only; what is none of them is a text there. */
  private static String number(String text) {
    if (text.matches("0[xo][0-9a-fA-F]+")) {
      return new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8).toString();
    }
    try {
      return new BigDecimal(text).toString();
    } catch (NumberFormatException e) {
      return quoted(text); // .inf and .nan
    }
  }

  private static int deeper(int indent) {
    return indent < 0 ? indent : indent + 2;
  }

  private static String line(int indent, int more) {
    return indent < 0 ? "" : "\n" + " ".repeat(indent + more);
  }

  /** A text in double quotes, good for JSON and for YAML. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c == 127) {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
