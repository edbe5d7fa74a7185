package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cgroups.Limits;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.testing.TestEngine.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job: a container runs, says what it says, and ends as it ends. */
final class RunIT {
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  @Test
  void outputAndExitCodeComeThrough() throws Exception {
    assertEquals(
        new Outcome(7, "out\n", "err\n"),
        test.run(Specs.shell("echo out; echo err >&2; exit 7").spec()));
  }

  @Test
  void itIsProcessOneInARootOfItsOwn() throws Exception {
    Outcome outcome = test.run(Specs.shell("echo $$; hostname; ls /; cat /proc/1/comm; id").spec());
    assertEquals("", outcome.stderr());
    assertTrue(outcome.stdout().startsWith("1\n"), outcome.stdout());
    assertTrue(outcome.stdout().contains("uid=0(root)"), outcome.stdout());
  }

  @Test
  void aMissingCommandIs127() {
    Container container = test.engine().containers().create("", Specs.run("nosuchcmd").spec());
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class, () -> test.engine().containers().start(container.id().hex()));
    assertTrue(
        e.getMessage().contains("exec: \"nosuchcmd\": executable file not found in $PATH"),
        e.getMessage());
    assertEquals(127, container.state().exitCode());
    assertEquals(Status.CREATED, container.state().status());
  }

  @Test
  void aFolderAsCommandIs126() {
    Container container = test.engine().containers().create("", Specs.run("/etc").spec());
    assertThrows(
        InvalidArgument.class, () -> test.engine().containers().start(container.id().hex()));
    assertEquals(126, container.state().exitCode());
  }

  @Test
  void stopSendsTermThenKill() throws Exception {
    Container obeys =
        test.start(
            Specs.shell("trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done").spec());
    test.awaitOutput(obeys, "ready");
    test.engine().containers().stop(obeys.id().hex(), Optional.empty(), Optional.of(20));
    assertEquals(3, obeys.state().exitCode());
    Container ignores = test.start(Specs.run("sleep", "100").spec());
    test.engine().containers().stop(ignores.id().hex(), Optional.empty(), Optional.of(0));
    assertEquals(137, ignores.state().exitCode());
  }

  @Test
  void aContainerOutlivesItsEngine() throws Exception {
    Container container = test.start(Specs.shell("sleep 0.3; echo late; exit 5").spec());
    String id = container.id().hex();
    Engine second = test.reopen();
    assertEquals(5, test.awaitExit(id));
    assertTrue(
        java.nio.file.Files.readString(second.containers().logFile(second.containers().get(id)))
            .contains("late"));
  }

  @Test
  void itSeesItsOwnLimitsAndCannotChangeThem() throws Exception {
    Outcome outcome =
        test.run(
            Specs.shell(
                    "cat /sys/fs/cgroup/memory/memory.limit_in_bytes"
                        + " /sys/fs/cgroup/memory.max 2>/dev/null;"
                        + " for f in $(find /sys/fs/cgroup -name cgroup.procs); do"
                        + " echo 1 2>/dev/null > $f && echo wrote $f; done")
                .resources(ResourceSpec.of(Limits.builder().memory(64 << 20).build()))
                .spec());
    assertEquals((64 << 20) + "\n", outcome.stdout());
  }
}
