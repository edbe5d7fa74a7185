package io.jdocker.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command line that was run in this process, and what came of it. */
public record Typed(int code, String out, String err) {

  /** Runs against an engine. */
  public static Typed at(FakeEngine engine, String... words) {
    return withInput(engine, "", words);
  }

  public static Typed withInput(FakeEngine engine, String input, String... words) {
    List<String> line = new ArrayList<>(List.of("-H", engine.url()));
    line.addAll(List.of(words));
    return run(input, Map.of(), line);
  }

  /** Runs without an engine, where none can be started by mistake: nobody can write to /proc. */
  public static Typed alone(String... words) {
    return run("", Map.of("JDOCKER_ROOT", "/proc/no-engine"), List.of(words));
  }

  public static Typed run(String input, Map<String, String> environment, List<String> line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err);
    int code = new CommandLineInterface(console, environment).run(line);
    return new Typed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
