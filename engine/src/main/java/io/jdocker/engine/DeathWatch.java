package io.jdocker.engine;

import io.jdocker.linux.failure.SystemFailure;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Cleans up after this process, should it die without having closed its engine.
 *
 * <p>A shell of its own session waits for a line on a pipe that only this process holds. The line
 * says that the engine was closed. The end of file instead says that the process is gone, by
 * whatever death: then the shell becomes a JVM that opens the engine once more, which removes all
 * that was to end with it. So there is one way of cleaning up, and until it is needed a shell
 * sleeps.
 */
final class DeathWatch {
  private static final String SCRIPT =
      "trap '' HUP INT TERM; read -r closed || exec \"$@\" </dev/null >\"$LOG\" 2>&1";

  private final OutputStream pipe;

  private DeathWatch(OutputStream pipe) {
    this.pipe = pipe;
  }

  static DeathWatch start(EngineSettings settings) {
    List<String> command =
        List.of(
            "setsid",
            "sh",
            "-c",
            SCRIPT,
            "jdocker-watch",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            SweepAfterDeath.class.getName(),
            settings.root().toString(),
            settings.cgroupParent(),
            settings.bridge());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("LOG", settings.root().resolve("sweep.log").toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // agents of the tests are not for it
    builder.directory(new File("/"));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return new DeathWatch(builder.start().getOutputStream());
    } catch (IOException e) {
      throw new SystemFailure("cannot start the watch over this process: " + e.getMessage(), e);
    }
  }

  /** The engine is closed: there is nothing to clean up. */
  void dismiss() {
    try (pipe) {
      pipe.write('\n');
    } catch (IOException e) {
      // Killed by somebody: nothing is left to be told.
      System.getLogger(DeathWatch.class.getName())
          .log(System.Logger.Level.DEBUG, "the watch over this process is gone", e);
    }
  }
}
