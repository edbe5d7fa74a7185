package io.jdocker.cli.training;

import io.jdocker.cli.CommandLineInterface;
import io.jdocker.cli.Console;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the commands whose start-up matters against {@link CannedDaemon}. The JVM lists the classes
 * they load, and the launcher makes an archive of those.
 */
public final class Training {
  private static final List<String> COMMANDS =
      List.of(
          "version",
          "ps -a",
          "ps -aq --filter name=x",
          "images",
          "inspect x",
          "inspect -f {{.State.Status}} x",
          "run -d -p 8080:80 --name x -e A=b -v /a:/b --net=bridge image true",
          "run --rm image true",
          "start x",
          "stop x",
          "rm -f x",
          "exec x true",
          "logs x",
          "network ls",
          "volume ls",
          "run --help",
          "ps --bogus");

  private Training() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("picocli.converters.excludes", ".*");
    Path directory = Files.createTempDirectory("jdocker-training");
    Path socket = directory.resolve("s");
    Console console =
        new Console(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream());
    try (CannedDaemon daemon = CannedDaemon.listen(socket)) {
      for (String command : COMMANDS) {
        List<String> line = new ArrayList<>(List.of("-H", "unix://" + socket));
        line.addAll(List.of(command.split(" ", -1)));
        new CommandLineInterface(console, System.getenv()).run(line);
      }
      // What only the real process has: its entry and its streams.
      Class.forName("io.jdocker.cli.Main");
      Console.standard().print(daemon.requests() + " requests\n");
    } finally {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(directory);
    }
    Runtime.getRuntime().halt(0);
  }
}
