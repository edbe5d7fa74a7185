package io.jdocker.cli;

import java.util.List;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // picocli's built-in converters load java.sql and java.time.format: 12 to 17 ms of every start.
    System.setProperty("picocli.converters.excludes", ".*");
    Console console = Console.standard();
    int code = new CommandLineInterface(console, System.getenv()).run(List.of(args));
    // Not exit: on JDK 25 it initialises System.Logger, 12 ms, and the streams hold no buffers.
    Runtime.getRuntime().halt(code);
  }
}
