package io.jdocker.cli.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A command that talks to an engine. */
interface Client {
  /** The variables a command line may refer to. */
  Map<String, String> ENVIRONMENT = Map.of("SOME", "thing", "EMPTY", "");

  /** Runs a command line in a folder of its own. */
  Said say(FakeEngine engine, Path folder, Step step) throws IOException;

  /** This command, in this process. Where it names itself it is put down as docker. */
  final class Jdocker implements Client {
    @Override
    public Said say(FakeEngine engine, Path folder, Step step) {
      List<String> line = new ArrayList<>(List.of("-H", engine.url()));
      step.words().forEach(word -> line.add(word.replace("@HERE", folder.toString())));
      Typed typed = Typed.run(step.input(), ENVIRONMENT, line);
      return Masks.apply(
          folder,
          new Said(
              typed.code(),
              typed.out().replace("jdocker", "docker"),
              typed.err().replace("jdocker", "docker"),
              Wire.requests(engine, typed.code())));
    }
  }

  /** Docker's own command. */
  record Docker(Path path) implements Client {
    private static final long LONGEST_SECONDS = 8;

    /** The first on the path that is of this generation (28). */
    static Optional<Docker> ofGeneration(int generation) throws IOException {
      for (String folder : System.getenv("PATH").split(":", -1)) {
        Path command = Path.of(folder, "docker");
        if (Files.isExecutable(command)) {
          Process process = new ProcessBuilder(command.toString(), "--version").start();
          String said = new String(process.getInputStream().readAllBytes(), UTF_8);
          if (said.startsWith("Docker version " + generation + ".")) {
            return Optional.of(new Docker(command));
          }
        }
      }
      return Optional.empty();
    }

    @Override
    public Said say(FakeEngine engine, Path folder, Step step) throws IOException {
      List<String> line = new ArrayList<>(List.of(path.toString(), "-H", engine.url()));
      step.words().forEach(word -> line.add(word.replace("@HERE", folder.toString())));
      Path in = Files.writeString(folder.resolve(".in"), step.input());
      Path out = folder.resolve(".out");
      Path err = folder.resolve(".err");
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(ENVIRONMENT);
      builder.environment().put("HOME", folder.toString());
      builder.environment().put("PATH", System.getenv("PATH"));
      int code = exitCode(builder.start());
      return Masks.apply(
          folder,
          new Said(
              code, Files.readString(out), Files.readString(err), Wire.requests(engine, code)));
    }

    private static int exitCode(Process process) {
      try {
        if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
          return process.exitValue();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
      throw new AssertionError("docker did not end: " + process.info().arguments().toString());
    }
  }
}
