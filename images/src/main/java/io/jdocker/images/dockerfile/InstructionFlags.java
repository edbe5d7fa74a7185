package io.jdocker.images.dockerfile;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that begin with "--" between an instruction's name and what follows it. */
final class InstructionFlags {
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final String rest;

  private InstructionFlags(String rest) {
    this.rest = rest;
  }

  /**
   * Takes them off.
   *
   * @param known names; those that end with "?" may stand without a value
   */
  static InstructionFlags parse(String text, Set<String> known, char escape) {
    List<String> flags = new ArrayList<>();
    String rest = text;
    while (rest.startsWith("--")) {
      int end = end(rest, escape);
      String flag = rest.substring(0, end);
      rest = rest.substring(end).stripLeading();
      if (flag.equals("--")) {
        break;
      }
      flags.add(flag.substring(2));
    }
    InstructionFlags parsed = new InstructionFlags(rest);
    flags.forEach(flag -> parsed.add(flag, known));
    return parsed;
  }

  /** The first blank outside of quotes. */
  private static int end(String text, char escape) {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == escape && quote != '\'') {
        i++;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        return i;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    return text.length();
  }

  private void add(String flag, Set<String> known) {
    int equals = flag.indexOf('=');
    String name = equals < 0 ? flag : flag.substring(0, equals);
    boolean isSwitch = known.contains(name + "?");
    if (!isSwitch && !known.contains(name)) {
      throw new InvalidArgument("unknown flag: --" + name);
    }
    if (equals < 0 && !isSwitch) {
      throw new InvalidArgument("missing a value on flag: --" + name);
    }
    String value = equals < 0 ? "true" : flag.substring(equals + 1);
    if (isSwitch && !value.equals("true") && !value.equals("false")) {
      throw new InvalidArgument("expecting boolean value for flag --" + name + ", not: " + value);
    }
    values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  /** What follows the flags. */
  String rest() {
    return rest;
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The one value; empty where the flag is not given. */
  String one(String name) {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw new InvalidArgument("duplicate flag specified: --" + name);
    }
    return all.isEmpty() ? "" : all.get(0);
  }

  boolean isSet(String name) {
    return one(name).equals("true");
  }
}
