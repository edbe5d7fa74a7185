package io.jdocker.engine;

/**
 * A process that has ended, with all that it wrote.
 *
 * @param exitCode as a shell shows it: 128 and the signal's number where one ended it
 * @param stdout decoded as UTF-8
 * @param stderr decoded as UTF-8
 */
public record ProcessResult(int exitCode, String stdout, String stderr) {
  /** Whether its exit code is 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }
}
