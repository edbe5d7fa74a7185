package io.jdocker.compose.yaml;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {
  /** Of values that stand in no file: what was derived, or given on the command line. */
  public static Position none() {
    return new Position("", 0, 0);
  }

  /** {@code compose.yaml:3:5}; the bare file where no line is known. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
