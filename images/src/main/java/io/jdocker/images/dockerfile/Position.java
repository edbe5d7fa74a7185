package io.jdocker.images.dockerfile;

import io.jdocker.linux.failure.InvalidArgument;

/**
 * Where an instruction stands.
 *
 * @param line of its first line, from 1
 * @param source that line as it is in the Dockerfile
 */
public record Position(int line, String source) {
  /** Where nothing was read from a file: a trigger of a base image. */
  public static Position none(String text) {
    return new Position(0, text);
  }

  /**
   * What is wrong, with the line and a caret below the word at fault.
   *
   * @param word as it stands in the line; where it does not, the whole line is marked
   */
  public InvalidArgument error(String message, String word) {
    return new InvalidArgument(
        line == 0
            ? message
            : "dockerfile parse error on line " + line + ": " + excerpt(message, word));
  }

  private String excerpt(String message, String word) {
    int column = word.isEmpty() ? -1 : source.indexOf(word);
    String trimmed = source.strip();
    int from = column < 0 ? source.indexOf(trimmed) : column;
    int length = column < 0 ? trimmed.length() : word.length();
    String number = Integer.toString(line);
    // Tabs stay tabs, so that the caret stands below its word whatever a tab's width is.
    String lead = source.substring(0, from).replaceAll("[^\t]", " ");
    return message
        + "\n "
        + number
        + " | "
        + source
        + "\n "
        + " ".repeat(number.length())
        + " | "
        + lead
        + "^".repeat(Math.max(1, length));
  }
}
