package io.jdocker.daemon.document;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import io.jdocker.daemon.Answer;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request came to, without what differs from one run to the next.
 *
 * @param text the status, and of an error its message, of an answer its media type
 * @param keys of the answered document, or of the first element of a list
 */
record Result(String text, Set<String> keys) {
  private static final Pattern MEDIA_TYPE = Pattern.compile("(?i)content-type: ([^;\r\n]+)");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  static Result of(Answer answer) {
    if (answer.body().isEmpty()) {
      return new Result(Integer.toString(answer.status()), Set.of());
    }
    boolean chunked = answer.head().toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding");
    if (answer.status() >= 400) {
      String message = ID.matcher(answer.message()).replaceAll("ID");
      return new Result(answer.status() + " `" + message + "`", Set.of());
    }
    Matcher type = MEDIA_TYPE.matcher(answer.head());
    String media = type.find() ? " " + type.group(1) : "";
    return new Result(
        answer.status() + media + (chunked ? ", a stream" : ""),
        chunked ? Set.of() : keys(answer.body()));
  }

  private static Set<String> keys(String body) {
    try {
      JsonElement json = JsonParser.parseString(body);
      if (json.isJsonArray() && !json.getAsJsonArray().isEmpty()) {
        json = json.getAsJsonArray().get(0);
      }
      return json.isJsonObject() ? new TreeSet<>(json.getAsJsonObject().keySet()) : Set.of();
    } catch (JsonSyntaxException notJson) {
      return Set.of();
    }
  }

  /** This result, said as what is different from an earlier version's. */
  String since(Result earlier) {
    StringBuilder said = new StringBuilder();
    if (!text.equals(earlier.text())) {
      said.append(text);
    }
    difference(said, "without", earlier.keys(), keys);
    difference(said, "with", keys, earlier.keys());
    return said.toString();
  }

  private static void difference(
      StringBuilder said, String word, Set<String> these, Set<String> those) {
    Set<String> more = new TreeSet<>(these);
    more.removeAll(those);
    if (!more.isEmpty()) {
      said.append(said.length() == 0 ? "" : ", ")
          .append(word)
          .append(" `")
          .append(String.join("`, `", more))
          .append('`');
    }
  }
}
