package io.jdocker.cli.transcript;

import java.util.ArrayList;
import java.util.List;

/** Splits a line as a shell does: blanks separate, quotes of both kinds hold together. */
final class ShellWords {
  private ShellWords() {}

  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean hasWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        hasWord = true;
      } else if (c == ' ') {
        if (hasWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        hasWord = false;
      } else {
        word.append(c);
        hasWord = true;
      }
    }
    if (hasWord) {
      words.add(word.toString());
    }
    return words;
  }
}
