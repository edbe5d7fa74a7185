package io.jdocker.cli;

/**
 * The exit code of a container that could not be started, told from the daemon's words as docker
 * does.
 */
public final class LaunchFailure {
  private static final int NOT_STARTED = 125;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private LaunchFailure() {}

  public static int exitCode(String message) {
    if (message.contains("executable file not found")
        || message.contains("no such file or directory")
        || message.contains("system cannot find the file specified")) {
      return NOT_FOUND;
    }
    if (message.contains("permission denied") || message.contains("is a directory")) {
      return NOT_EXECUTABLE;
    }
    return NOT_STARTED;
  }
}
