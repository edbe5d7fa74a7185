package io.jdocker.runtime.stdio;

/**
 * When a log goes on in a new file.
 *
 * @param maxSize bytes after which it does; 0: never
 * @param maxFiles how many files there are at most, the one that is written among them
 * @param compress those that are written no more are compressed
 */
public record LogRotation(long maxSize, int maxFiles, boolean compress) {
  /** One file without a limit. */
  public static LogRotation none() {
    return new LogRotation(0, 1, false);
  }
}
