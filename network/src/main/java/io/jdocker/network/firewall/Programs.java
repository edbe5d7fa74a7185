package io.jdocker.network.firewall;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the programs of the iptables package, in the calling thread's network namespace. They lie
 * in sbin, which the PATH of a user's shell may lack.
 */
final class Programs implements Iptables {
  private static final List<String> ALWAYS = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

  private final List<Path> folders;

  /**
   * @param path folders as in the variable PATH
   */
  Programs(String path) {
    this.folders =
        Stream.concat(Arrays.stream(path.split(":", -1)), ALWAYS.stream())
            .filter(f -> f.startsWith("/"))
            .map(Path::of)
            .distinct()
            .toList();
  }

  @Override
  public Process start(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(find(program).toString());
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw new SystemFailure("cannot run " + program + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String run(String input, String program, String... arguments) {
    Process process = start(program, arguments);
    try {
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.US_ASCII));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new SystemFailure(program + " failed (" + status + "): " + errors.strip());
      }
      return output;
    } catch (IOException e) {
      throw new SystemFailure("cannot talk to " + program + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new SystemFailure("interrupted while " + program + " ran", e);
    }
  }

  private Path find(String program) {
    return folders.stream()
        .map(f -> f.resolve(program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new Unavailable(
                    program
                        + " was not found: bridge networks need it; install the package iptables,"
                        + " or use --network host or none"));
  }
}
