package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.StreamSelection;
import io.jdocker.runtime.testing.Output;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Further processes in a running container. */
final class ExecIT {
  private TestEngine test;
  private Container container;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
    container = test.start(Specs.run("sleep", "1000").environment("FROM=run").spec());
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private static ExecSpec spec(boolean terminal, boolean stdin, String... argv) {
    return new ExecSpec(
        List.of(argv), List.of("MORE=exec"), "", "", terminal, stdin, true, true, false, 24, 80);
  }

  private Exec create(ExecSpec spec) {
    return test.engine().containers().createExec(container.id().hex(), spec);
  }

  private Output run(Exec exec) throws Exception {
    try (Attachment attachment = exec.hub().attach(StreamSelection.output())) {
      test.engine().containers().startExec(exec);
      return Output.of(attachment);
    }
  }

  private static int exitCode(Exec exec) throws Exception {
    return exec.exit().get(10, TimeUnit.SECONDS);
  }

  @Test
  void itSharesTheContainersNamespacesAndEnvironment() throws Exception {
    Exec exec =
        create(spec(false, false, "sh", "-c", "cat /proc/1/comm; echo $FROM $MORE; hostname"));
    Output output = run(exec);
    assertEquals("", output.stderr());
    assertEquals("sleep\nrun exec\n" + container.id().shortForm() + "\n", output.stdout());
    assertEquals(0, exitCode(exec));
  }

  @Test
  void itsExitCodeIsItsOwn() throws Exception {
    Exec exec = create(spec(false, false, "sh", "-c", "echo bad >&2; exit 9"));
    assertEquals("bad\n", run(exec).stderr());
    assertEquals(9, exitCode(exec));
    assertTrue(container.state().status().isAlive());
  }

  @Test
  void standardInputEndsWithTheClient() throws Exception {
    Exec exec = create(spec(false, true, "cat"));
    try (Attachment attachment = exec.hub().attach(StreamSelection.all())) {
      byte[] text = "through the pipe".getBytes(StandardCharsets.UTF_8);
      attachment.writeStdin(text, 0, text.length);
      attachment.closeStdin();
      test.engine().containers().startExec(exec);
      assertEquals("through the pipe", Output.of(attachment).stdout());
    }
    assertEquals(0, exitCode(exec));
  }

  @Test
  void aTerminalIsOneOfTheContainersOwn() throws Exception {
    Exec exec = create(spec(true, true, "sh", "-c", "tty; stty size"));
    assertEquals("/dev/pts/0\r\n24 80\r\n", run(exec).stdout());
    assertEquals(0, exitCode(exec));
  }

  @Test
  void aMissingCommandIsToldWithItsName() {
    Exec exec = create(spec(false, false, "nosuch"));
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> test.engine().containers().startExec(exec));
    assertTrue(
        e.getMessage().contains("exec: \"nosuch\": executable file not found in $PATH"),
        e.getMessage());
    assertEquals(126, exec.exitCode().orElseThrow());
  }

  @Test
  void itStartsOnce() throws Exception {
    Exec exec = create(spec(false, false, "true"));
    run(exec);
    assertThrows(Conflict.class, () -> test.engine().containers().startExec(exec));
  }

  @Test
  void aStoppedContainerHasNone() {
    test.engine().containers().kill(container.id().hex(), "KILL");
    assertEquals(137, awaitExit());
    assertThrows(Conflict.class, () -> create(spec(false, false, "true")));
  }

  private int awaitExit() {
    try {
      return test.awaitExit(container.id().hex());
    } catch (Exception e) {
      throw new AssertionError("it has not ended", e);
    }
  }

  @Test
  void itKnowsTheContainersName() throws Exception {
    Container box = test.start(Specs.run("sleep", "1000").hostname("box").spec());
    Container plain = test.start(Specs.run("sleep", "1000").spec());
    ExecSpec name = Specs.exec("sh", "-c", "echo $HOSTNAME $(hostname)");
    assertEquals("box box\n", test.exec(box, name).stdout());
    String id = plain.id().shortForm();
    assertEquals(id + " " + id + "\n", test.exec(plain, name).stdout());
  }
}
