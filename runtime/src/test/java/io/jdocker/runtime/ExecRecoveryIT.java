package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Execs outlive the engine that started them, and the next one knows them. */
final class ExecRecoveryIT {
  private TestEngine test;
  private Container container;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
    container = test.start(Specs.run("sleep", "1000").spec());
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private String start(boolean terminal, String script) {
    ExecSpec spec =
        new ExecSpec(
            List.of("sh", "-c", script),
            List.of(),
            "",
            "",
            terminal,
            false,
            true,
            true,
            false,
            24,
            80);
    Exec exec = test.engine().containers().createExec(container.id().hex(), spec);
    test.engine().containers().startExec(exec);
    return exec.id();
  }

  private List<Path> statusFiles() throws IOException {
    try (Stream<Path> files = Files.list(test.engine().containers().folder(container))) {
      return files.filter(f -> f.getFileName().toString().startsWith("exec-")).toList();
    }
  }

  private int exitCode(String id) throws Exception {
    return test.engine().containers().exec(id).exit().get(20, TimeUnit.SECONDS);
  }

  @Test
  void whatFillsItsPipeIsReadOn() throws Exception {
    String id = start(false, "sleep 1; yes | head -c 300000; exit 3");
    test.reopen();
    Exec exec = test.engine().containers().exec(id);
    assertEquals(List.of("sh", "-c", "sleep 1; yes | head -c 300000; exit 3"), exec.spec().argv());
    assertTrue(test.engine().containers().execs(exec.container()).contains(id));
    assertEquals(3, exitCode(id));
    assertEquals(List.of(), statusFiles());
  }

  @Test
  void oneWithATerminalIsTakenOver() throws Exception {
    String id = start(true, "sleep 1; tty >/dev/null || exit 9; exit 4");
    test.reopen();
    assertTrue(test.engine().containers().exec(id).spec().terminal());
    assertEquals(4, exitCode(id));
  }

  @Test
  void theStatusFileOfOneThatWasNeverLaunchedGoes() throws Exception {
    Path file = test.engine().containers().folder(container).resolve("exec-" + "0".repeat(64));
    Files.createFile(file);
    test.reopen();
    assertFalse(Files.exists(file));
    assertTrue(test.engine().containers().get(container.id().hex()).state().status().isAlive());
  }
}
