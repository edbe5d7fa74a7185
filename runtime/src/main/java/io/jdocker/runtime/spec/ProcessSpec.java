package io.jdocker.runtime.spec;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The first process.
 *
 * @param entrypoint empty: the image's; an empty list: none at all
 * @param command arguments of the entrypoint, or the command itself; empty: the image's
 * @param environment as {@code NAME=value}; in a request, a bare NAME takes the variable away
 * @param workingDirectory absolute; empty: the image's, or /
 * @param user {@code user[:group]}, names or numbers; empty: the image's, or root
 * @param groups supplementary groups, names or numbers
 * @param openStdin its standard input is a pipe, else /dev/null
 * @param stdinOnce standard input ends when the first client that attached to it ends
 * @param terminalRows height of the terminal at the start; 0: unknown
 * @param attached the streams the creator said it would attach: stdin, stdout, stderr
 */
public record ProcessSpec(
    Optional<List<String>> entrypoint,
    Optional<List<String>> command,
    List<String> environment,
    String workingDirectory,
    String user,
    List<String> groups,
    boolean terminal,
    boolean openStdin,
    boolean stdinOnce,
    int terminalRows,
    int terminalColumns,
    List<String> attached) {
  public ProcessSpec {
    environment = List.copyOf(environment);
    groups = List.copyOf(groups);
    attached = List.copyOf(attached);
  }

  /** The command line: the entrypoint's words, then the command's. */
  public List<String> argv() {
    return Stream.concat(entrypoint.orElse(List.of()).stream(), command.orElse(List.of()).stream())
        .toList();
  }
}
