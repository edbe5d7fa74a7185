package io.jdocker.engine;

import io.jdocker.runtime.container.ExecSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A further process in a running container.
 *
 * @param environment {@code NAME=value}, added to the container's
 * @param workingDirectory empty: the container's
 * @param user {@code user[:group]}; empty: the container's
 * @param stdin what it reads, then the end of file; empty: nothing
 */
public record ExecRequest(
    List<String> command,
    List<String> environment,
    String workingDirectory,
    String user,
    String stdin) {
  public ExecRequest {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
  }

  public static ExecRequest of(String... command) {
    return new ExecRequest(List.of(command), List.of(), "", "", "");
  }

  /** A line for {@code /bin/sh}. */
  public static ExecRequest shell(String line) {
    return of("/bin/sh", "-c", line);
  }

  public ExecRequest withEnvironment(String variable, String value) {
    List<String> more = new ArrayList<>(environment);
    more.add(variable + "=" + value);
    return new ExecRequest(command, more, workingDirectory, user, stdin);
  }

  public ExecRequest in(String folder) {
    return new ExecRequest(command, environment, folder, user, stdin);
  }

  public ExecRequest as(String who) {
    return new ExecRequest(command, environment, workingDirectory, who, stdin);
  }

  public ExecRequest reading(String text) {
    return new ExecRequest(command, environment, workingDirectory, user, text);
  }

  byte[] input() {
    return stdin.getBytes(StandardCharsets.UTF_8);
  }

  ExecSpec spec() {
    return new ExecSpec(
        command,
        environment,
        workingDirectory,
        user,
        false,
        !stdin.isEmpty(),
        true,
        true,
        false,
        0,
        0);
  }
}
