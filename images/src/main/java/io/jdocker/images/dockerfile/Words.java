package io.jdocker.images.dockerfile;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Splits what follows an instruction: quotes, backslashes, {@code key=value}, JSON lists. */
final class Words {
  private Words() {}

  /** The exec form, if that is what it is; anything else is for the shell, as docker has it. */
  static Optional<List<String>> jsonList(String text) {
    if (!text.startsWith("[")) {
      return Optional.empty();
    }
    try {
      List<String> words = new ArrayList<>();
      for (JsonElement element : JsonParser.parseString(text).getAsJsonArray()) {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
          return Optional.empty();
        }
        words.add(element.getAsString());
      }
      // gson is lenient; single quotes make it the shell form in docker.
      return text.indexOf('\'') >= 0 && words.stream().noneMatch(w -> w.indexOf('\'') >= 0)
          ? Optional.empty()
          : Optional.of(words);
    } catch (JsonParseException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** {@code a=b "c d"=e} as a map; the old form {@code NAME the rest} as one entry. */
  static Map<String, String> pairs(String instruction, String text) {
    List<String> words = raw(text, '\\');
    Map<String, String> pairs = new LinkedHashMap<>();
    if (words.isEmpty()) {
      throw new InvalidArgument(instruction + " must have two arguments");
    }
    if (words.get(0).indexOf('=') < 0) {
      String[] old = text.split("[ \t]+", 2);
      if (old.length < 2) {
        throw new InvalidArgument(instruction + " must have two arguments");
      }
      pairs.put(unquoted(old[0]), unquoted(old[1]));
      return pairs;
    }
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new InvalidArgument(
            "Syntax error - can't find = in \"" + word + "\". Must be of the form: name=value");
      }
      String key = unquoted(word.substring(0, equals));
      if (key.isEmpty()) {
        throw new InvalidArgument(instruction + " names can not be blank");
      }
      pairs.put(key, unquoted(word.substring(equals + 1)));
    }
    return pairs;
  }

  /** Words at blanks, quotes taken off. */
  static List<String> split(String text) {
    return raw(text, '\\').stream().map(Words::unquoted).toList();
  }

  /** Words at blanks that stand outside of quotes; quotes and escapes are still there. */
  static List<String> raw(String text, char escape) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == escape && quote != '\'' && i + 1 < text.length()) {
        word.append(c).append(text.charAt(++i));
      } else if (quote == 0 && (c == ' ' || c == '\t')) {
        flush(word, words);
      } else {
        if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        }
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new InvalidArgument("unexpected end of statement while looking for matching " + quote);
    }
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static String unquoted(String word) {
    StringBuilder text = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < word.length()) {
        char next = word.charAt(++i);
        // Within double quotes a backslash stands for itself before most characters.
        if (quote == '"' && next != '"' && next != '\\' && next != '$') {
          text.append(c);
        }
        text.append(next);
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
