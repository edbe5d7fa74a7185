package io.jdocker.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonVerbTest {
  @TempDir Path directory;

  private static final List<String> RUNNING_OPTIONS = List.of("--root");

  @Test
  void statusOfAnEngineThatDoesNotRun() {
    Typed typed = Typed.alone("--root", directory.toString(), "daemon", "--status");
    assertEquals(new Typed(1, "not running\n", ""), typed);
  }

  @Test
  void stoppingWhatDoesNotRunIsNoFailure() {
    Typed typed = Typed.alone("--root", directory.toString(), "daemon", "--stop");
    assertEquals(new Typed(0, "not running\n", ""), typed);
  }

  @Test
  void statusNamesProcessRootAndVersion() throws IOException {
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      engine.answer("GET /version", "{\"Version\":\"9.9\"}");
      Files.writeString(directory.resolve("daemon.lock"), "4711\n");
      Typed typed = runAt(engine, "--status");
      assertEquals(
          new Typed(0, "running, pid 4711, root " + directory + ", version 9.9\n", ""), typed);
    }
  }

  @Test
  void stopAsksAndWaitsUntilNobodyListens() throws IOException {
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      engine.script(
          "POST /jdocker/shutdown",
          (in, out) -> {
            engine.stop();
            FakeEngine.write(out, "HTTP/1.1 204 No Content\r\n\r\n");
          });
      assertEquals(new Typed(0, "", ""), runAt(engine, "--stop"));
      assertEquals(List.of("POST /jdocker/shutdown"), engine.lines());
    }
  }

  private Typed runAt(FakeEngine engine, String flag) {
    List<String> line = new java.util.ArrayList<>(RUNNING_OPTIONS);
    line.addAll(List.of(directory.toString(), "-H", engine.url(), "daemon", flag));
    return Typed.run("", Map.of(), line);
  }

  @Test
  void anEngineGivenByHostIsNotStarted() {
    Path socket = directory.resolve("none");
    Typed typed = Typed.alone("-H", "unix://" + socket, "ps");
    assertEquals(
        new Typed(
            1,
            "",
            "Cannot connect to the jdocker daemon at unix://"
                + socket
                + ". Is the daemon running?\n"),
        typed);
    assertFalse(Files.exists(directory.resolve("daemon.log")));
  }

  @Test
  void theDaemonsLastWordIsTheError() throws IOException {
    // The class path of this test has no daemon that could start: java says so, and it is passed
    // on.
    Path root = directory.resolve("root");
    Typed typed =
        Typed.run(
            "",
            Map.of("JDOCKER_DAEMON_JAVA_OPTS", "-XX:NoSuchOption=1"),
            List.of("--root", root.toString(), "ps"));
    assertEquals(1, typed.code());
    assertTrue(typed.err().startsWith("cannot start the jdocker daemon: "), typed.err());
    assertTrue(Files.readString(root.resolve("daemon.log")).contains("NoSuchOption"));
  }

  @Test
  void aRootThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Typed typed = Typed.alone("--root", file + "/below", "ps");
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains("no permission to write " + file + "/below"), typed.err());
  }

  @Test
  void theCommandHasASessionOfItsOwnAndTheRoot() {
    List<String> words =
        new DaemonCommand("/r", Map.of("JDOCKER_DAEMON_JAVA_OPTS", "-Da=b -Xmx99m")).words();
    assertEquals("setsid", words.get(0));
    assertTrue(words.get(1).endsWith("/bin/java"), words.get(1));
    assertTrue(words.containsAll(List.of("-Da=b", "-Xmx99m", "-XX:+UseSerialGC")));
    assertEquals(
        List.of("io.jdocker.daemon.DaemonMain", "--root", "/r"),
        words.subList(words.size() - 3, words.size()));
  }
}
