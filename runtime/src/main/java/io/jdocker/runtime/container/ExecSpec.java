package io.jdocker.runtime.container;

import java.util.List;

/**
 * A further process in a container, as it was asked for.
 *
 * @param environment added to the container's
 * @param workingDirectory empty: the container's
 * @param user empty: the container's
 * @param privileged with all that the engine itself may do
 */
public record ExecSpec(
    List<String> argv,
    List<String> environment,
    String workingDirectory,
    String user,
    boolean terminal,
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    boolean privileged,
    int terminalRows,
    int terminalColumns) {
  public ExecSpec {
    argv = List.copyOf(argv);
    environment = List.copyOf(environment);
  }
}
