package io.jdocker.cli.option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses a line in which every flag is known and has a good value: nearly every line there is.
 * Anything else it leaves to picocli, for the error.
 *
 * <p>Kept beside picocli because that takes 30 ms more of each start, as much as the whole of an
 * empty JVM (measured, JDK 17, from the class-data archive). A test runs both over the same lines.
 */
final class PlainParser {
  private final Synopsis synopsis;
  private final Map<String, List<String>> values = new HashMap<>();
  private final List<String> arguments = new ArrayList<>();

  PlainParser(Synopsis synopsis) {
    this.synopsis = synopsis;
  }

  /** The parsed line; empty when it is not plain. */
  Optional<Parsed> parse(List<String> words) {
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at);
      boolean isFlag = word.length() > 1 && word.charAt(0) == '-';
      if (word.equals("--") || (!isFlag && synopsis.stopsAtArgument())) {
        at += word.equals("--") ? 1 : 0;
        break;
      }
      at++;
      if (!isFlag) {
        arguments.add(word);
        continue;
      }
      String next = at < words.size() ? words.get(at) : null;
      int taken = word.startsWith("--") ? longFlag(word, next) : cluster(word, next);
      if (taken < 0) {
        return Optional.empty();
      }
      at += taken;
    }
    arguments.addAll(words.subList(at, words.size()));
    return Optional.of(new Parsed(synopsis.flags(), values, List.copyOf(arguments)));
  }

  /** Returns how many further words it took, -1 when it is not plain. */
  private int longFlag(String word, String next) {
    int equals = word.indexOf('=');
    Flag flag = named(word.substring(2, equals < 0 ? word.length() : equals));
    if (flag == null) {
      return -1;
    }
    if (equals >= 0) {
      return take(flag, word.substring(equals + 1)) ? 0 : -1;
    }
    if (flag.kind() == FlagKind.BOOL) {
      return take(flag, "true") ? 0 : -1;
    }
    return next != null && take(flag, next) ? 1 : -1;
  }

  /** {@code -it}, {@code -p8080:80}, {@code -itp 8080:80}. */
  private int cluster(String word, String next) {
    for (int i = 1; i < word.length(); i++) {
      Flag flag = lettered(word.charAt(i));
      boolean hasValueHere = i + 1 < word.length();
      if (flag == null || (hasValueHere && word.charAt(i + 1) == '=')) {
        return -1;
      }
      if (flag.kind() != FlagKind.BOOL) {
        if (hasValueHere) {
          return take(flag, word.substring(i + 1)) ? 0 : -1;
        }
        return next != null && take(flag, next) ? 1 : -1;
      }
      if (!take(flag, "true")) {
        return -1;
      }
    }
    return 0;
  }

  private boolean take(Flag flag, String value) {
    try {
      FlagValues.check(flag.kind(), value);
    } catch (IllegalArgumentException e) {
      return false; // picocli's way says why
    }
    List<String> given = values.get(flag.name());
    if (given == null) {
      given = new ArrayList<>(2);
      values.put(flag.name(), given);
    }
    given.add(value);
    return true;
  }

  private Flag named(String name) {
    for (Flag flag : synopsis.flags().flags()) {
      if (flag.name().equals(name) || (!name.isEmpty() && flag.aliases().equals(name))) {
        return flag;
      }
    }
    return null;
  }

  private Flag lettered(char letter) {
    for (Flag flag : synopsis.flags().flags()) {
      if (flag.shorthand() == letter) {
        return flag;
      }
    }
    return null;
  }
}
