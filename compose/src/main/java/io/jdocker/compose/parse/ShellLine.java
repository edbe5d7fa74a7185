package io.jdocker.compose.parse;

import java.util.ArrayList;
import java.util.List;

/** A command line split into words by the quoting rules of sh(1), nothing else interpreted. */
final class ShellLine {
  private ShellLine() {}

  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
        continue;
      }
      inWord = true;
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '\\' && isEscape(quote, line, i)) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("invalid command: a quote is not closed: " + line);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isEscape(char quote, String line, int at) {
    if (quote == '\'' || at + 1 == line.length()) {
      return false;
    }
    return quote == 0 || "\"\\$`".indexOf(line.charAt(at + 1)) >= 0;
  }
}
