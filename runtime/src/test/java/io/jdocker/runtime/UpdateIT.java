package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cgroups.CgroupStats;
import io.jdocker.cgroups.Limits;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerUpdate;
import io.jdocker.runtime.container.Measurement;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.spec.RestartPolicy.Mode;
import io.jdocker.runtime.testing.ManualTime;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other limits and another policy for a container that exists, and what it uses. */
final class UpdateIT {
  private static final long MIB = 1 << 20;

  private final ManualTime time = new ManualTime();
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open(time);
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private void update(Container container, Limits limits) {
    test.engine()
        .containers()
        .update(container.id().hex(), new ContainerUpdate(limits, Optional.empty()), warning -> {});
  }

  private void update(Container container, RestartPolicy policy) {
    test.engine()
        .containers()
        .update(
            container.id().hex(),
            new ContainerUpdate(Limits.none(), Optional.of(policy)),
            warning -> {});
  }

  private CgroupStats measured(Container container) {
    return test.engine().containers().measure(container).orElseThrow().group();
  }

  @Test
  void limitsAreSetAtOnceAndAtTheNextStart() throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").spec());
    update(container, Limits.builder().memory(64 * MIB).pids(40).build());
    assertEquals(64 * MIB, measured(container).memory().limit());
    assertEquals(40, measured(container).pids().limit());
    update(container, Limits.builder().pids(50).build());
    assertEquals(64 * MIB, measured(container).memory().limit());
    assertEquals(50, measured(container).pids().limit());
    test.engine().containers().restart(container.id().hex(), Optional.of("KILL"), Optional.empty());
    assertEquals(64 * MIB, measured(container).memory().limit());
    assertEquals(50, measured(container).pids().limit());
  }

  @Test
  void theContainerFeelsIt() throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").spec());
    update(container, Limits.builder().pids(2).build());
    int code =
        test.exec(container, Specs.exec("sh", "-c", "sleep 5 & sleep 5 & sleep 5 & wait"))
            .exitCode();
    assertTrue(code != 0, "it could fork as it liked");
  }

  @Test
  void whatIsWrongChangesNothing() {
    Container container =
        test.start(
            Specs.run("sleep", "1000")
                .resources(ResourceSpec.of(Limits.builder().memory(32 * MIB).build()))
                .spec());
    String start = "Cannot update container " + container.id() + ": ";
    assertEquals(
        start + "Minimum memory limit allowed is 6MB",
        assertThrows(
                InvalidArgument.class,
                () -> update(container, Limits.builder().memory(1024).build()))
            .getMessage());
    assertEquals(
        start
            + "Memory limit should be smaller than already set memoryswap limit, update the"
            + " memoryswap at the same time",
        assertThrows(
                InvalidArgument.class,
                () -> update(container, Limits.builder().memory(128 * MIB).build()))
            .getMessage());
    assertEquals(32 * MIB, measured(container).memory().limit());
    assertEquals(32 * MIB, container.record().spec().resources().limits().memory().limit());
  }

  @Test
  void whatDoesNotRunIsUpdatedForItsNextStart() throws Exception {
    Container container = test.engine().containers().create("", Specs.run("sleep", "1000").spec());
    update(container, Limits.builder().pids(33).build());
    test.engine().containers().start(container.id().hex());
    assertEquals(33, measured(container).pids().limit());
  }

  @Test
  void aPolicyIsObeyedFromNowOn() throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").spec());
    update(container, new RestartPolicy(Mode.ALWAYS, 0));
    ProcessHandle.of(container.state().pid()).orElseThrow().destroyForcibly();
    test.awaitState(
        container, state -> state.status() == Status.RESTARTING && time.untilNext().isPresent());
    update(container, new RestartPolicy(Mode.NO, 0));
    assertEquals(Status.EXITED, container.state().status());
    assertEquals(Optional.empty(), time.untilNext());
  }

  @Test
  void aContainerThatGoesWithItsRunGetsNoPolicy() {
    Container container = test.start(Specs.run("sleep", "1000").autoRemove().spec());
    assertEquals(
        "Restart policy cannot be updated because AutoRemove is enabled for the container",
        assertThrows(
                InvalidArgument.class, () -> update(container, new RestartPolicy(Mode.ALWAYS, 0)))
            .getMessage());
  }

  @Test
  void itIsMeasuredWhileItRuns() throws Exception {
    Container container =
        test.start(
            Specs.shell("echo x >/dev/null; exec sleep 1000")
                .networking(NetworkingSpec.standard("bridge"))
                .spec());
    Measurement measurement = test.engine().containers().measure(container).orElseThrow();
    assertTrue(measurement.group().cpu().total() > 0);
    assertEquals(1, measurement.group().pids().current());
    assertEquals(java.util.Set.of("eth0"), measurement.interfaces().keySet());
    test.exec(container, Specs.exec("ping", "-c", "2", "-W", "1", "172.17.0.1"));
    assertTrue(
        test.engine()
                .containers()
                .measure(container)
                .orElseThrow()
                .interfaces()
                .get("eth0")
                .sentPackets()
            > measurement.interfaces().get("eth0").sentPackets());
    test.engine().containers().kill(container.id().hex(), "");
    test.awaitExit(container.id().hex());
    assertEquals(Optional.empty(), test.engine().containers().measure(container));
  }
}
