package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody or some disk has damaged cost nobody but their own container. */
final class DamagedStateIT {
  private TestEngine test;
  private Container damaged;
  private Container other;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
    damaged = test.start(Specs.shell("echo kept > /file; exec sleep 1000").spec());
    other = test.start(Specs.run("sleep", "1000").spec());
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private Path file(String name) {
    return test.engine().containers().folder(damaged).resolve(name);
  }

  private Status status(Container container) {
    return test.engine().containers().get(container.id().hex()).state().status();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[]", "{\"id\":\"x\"}", "no-spec", "no-process"})
  void aDamagedRecordIsLeftOutAndItsContainerRunsOn(String content) throws Exception {
    Path record = file("container.json");
    byte[] intact = Files.readAllBytes(record);
    String text = new String(intact, StandardCharsets.UTF_8);
    Files.writeString(
        record,
        content.equals("no-spec")
            ? text.replace("\"spec\"", "\"Spec\"")
            : content.equals("no-process") ? text.replace("\"process\"", "\"Process\"") : content);
    int pid = damaged.state().pid();
    test.reopen();
    assertTrue(test.engine().containers().find(damaged.id().hex()).isEmpty());
    assertEquals(Status.RUNNING, status(other));
    Files.write(record, intact);
    test.reopen();
    Container again = test.engine().containers().get(damaged.id().hex());
    assertEquals(Status.RUNNING, again.state().status());
    assertEquals(pid, again.state().pid());
    String root = "/proc/" + pid + "/root/file";
    assertEquals("kept\n", Files.readString(Path.of(root)));
  }

  @Test
  void aRecordInTheWrongFolderIsLeftOut() throws Exception {
    Files.copy(
        test.engine().containers().folder(other).resolve("container.json"),
        file("container.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    byte[] wrong = Files.readAllBytes(file("container.json"));
    test.reopen();
    assertEquals(Status.RUNNING, status(other));
    assertTrue(test.engine().containers().find(damaged.id().hex()).isEmpty());
    String text = new String(wrong, StandardCharsets.UTF_8);
    Files.writeString(
        file("container.json"),
        text.replace(other.id().hex(), damaged.id().hex())
            .replace("\"" + other.record().name() + "\"", "\"renamed\""));
    test.reopen();
  }

  @Test
  void aTruncatedStatusFileEndsNobody() throws Exception {
    Files.write(file("status"), new byte[0]);
    test.reopen();
    assertEquals(Status.RUNNING, status(damaged));
    test.engine().containers().kill(damaged.id().hex(), "KILL");
    assertEquals(137, test.awaitExit(damaged.id().hex()));
    assertFalse(Files.exists(file("status")));
  }

  @Test
  void aLostStatusFileIsAnEnd() throws Exception {
    Files.delete(file("status"));
    // A start is known to a hundredth of a second, proc(5); another process takes longer to be one.
    Thread.sleep(20);
    test.reopen();
    assertEquals(Status.EXITED, status(damaged));
    assertEquals(Status.RUNNING, status(other));
    // The keeper that no record leads to any more is ended, though its parent is this process.
    test.awaitKeepers(1);
  }
}
