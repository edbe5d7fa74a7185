package io.jdocker.runtime.container;

import io.jdocker.linux.Sys;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.launch.LaunchException;
import io.jdocker.linux.launch.StepResult;
import java.util.List;
import jnr.constants.platform.Errno;

/**
 * Why a process could not be started, in the words that Docker's clients look for.
 *
 * @param exitCode 127 where the command was not found, 126 where it cannot be run, else 128
 */
record StartFailure(int exitCode, String message, Throwable cause) {
  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;
  private static final int OTHER = 128;

  /** Reads a refused step. */
  static StartFailure of(LaunchException e, List<String> argv, String workingDirectory) {
    String start = "unable to start container process: ";
    if (e.step().call() == Sys.EXECVE) {
      return ofExecve(e, start + "exec: \"" + argv.get(0) + "\": ", argv.get(0));
    }
    if (e.step().call() == Sys.CHDIR && e.step().purpose().equals("enter the work folder")) {
      int code = e.is(Errno.ENOENT) ? NOT_FOUND : NOT_EXECUTABLE;
      return new StartFailure(
          code,
          start + "chdir to cwd (\"" + workingDirectory + "\") failed: " + lower(e.errno()),
          e);
    }
    if (e.step().call() == Sys.PRLIMIT64 && e.is(Errno.EPERM)) {
      return new StartFailure(
          OTHER,
          start
              + "cannot "
              + e.step().purpose()
              + ": operation not permitted: a limit above the engine's own needs CAP_SYS_RESOURCE,"
              + " which it was started without",
          e);
    }
    return new StartFailure(OTHER, start + e.getMessage(), e);
  }

  private static StartFailure ofExecve(LaunchException e, String start, String command) {
    List<StepResult> attempts =
        e.results().stream().filter(r -> r.step().call() == Sys.EXECVE && r.failed()).toList();
    boolean denied = attempts.stream().anyMatch(r -> r.errno() == Errno.EACCES.intValue());
    if (denied) {
      return new StartFailure(NOT_EXECUTABLE, start + "permission denied", e);
    }
    if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
      String reason =
          command.contains("/")
              ? "stat " + command + ": no such file or directory"
              : "executable file not found in $PATH";
      return new StartFailure(NOT_FOUND, start + reason, e);
    }
    return new StartFailure(NOT_EXECUTABLE, start + lower(e.errno()), e);
  }

  private static String lower(int errno) {
    String text = SyscallException.describe(errno);
    int open = text.indexOf('(');
    String words = open < 0 ? text : text.substring(open + 1, text.length() - 1);
    return words.toLowerCase(java.util.Locale.ROOT);
  }

  /** The error for whoever asked for the start. */
  EngineException toException() {
    String text = "failed to create task for container: " + message;
    return exitCode == OTHER ? new SystemFailure(text, cause) : new InvalidArgument(text, cause);
  }
}
