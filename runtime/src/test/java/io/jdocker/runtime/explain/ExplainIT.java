package io.jdocker.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.linux.testing.LeakCheck;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Containers;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.NetworkingSpec.PublishedPort;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.spec.TimeOffsets;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The script of a container, run by hand with /bin/sh, builds it again. */
final class ExplainIT {
  private static final String FETCH =
      "timeout 3 busybox wget -qO- http://203.0.113.1:8080/ 2>/dev/null";

  private HostNamespaces machines;
  private TestEngine test;
  private Path script;

  @BeforeEach
  void open() throws Exception {
    machines = HostNamespaces.create(Kernel.load());
    test = machines.run(ExplainIT::engine);
    script = Files.createTempFile("jdocker-by-hand", ".sh");
  }

  private static TestEngine engine() {
    try {
      return TestEngine.open();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() throws Exception {
    machines.shell("sh " + script + " clean");
    machines.run(
        () -> {
          try {
            test.close();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    machines.close();
    Files.delete(script);
  }

  private <T> T with(Function<Containers, T> work) {
    return machines.run(() -> work.apply(test.engine().containers()));
  }

  private String start(ContainerSpec spec) {
    return with(
        containers -> {
          Container container = containers.create("byhand", spec);
          containers.start("byhand");
          return container.id().hex();
        });
  }

  private void remove() {
    with(
        containers -> {
          containers.remove("byhand", true, true);
          return true;
        });
  }

  private static ContainerSpec web(Specs specs) {
    return specs
        .environment("COLOUR=deep blue", "QUOTE=it's")
        .networking(
            new NetworkingSpec(
                "bridge",
                Map.of(),
                List.of(new PublishedPort("80/tcp", "", "8080")),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ""))
        .spec();
  }

  private static Specs server() {
    return Specs.shell(
        "(hostname; echo \"$COLOUR $QUOTE\"; cat /proc/1/comm; grep CapBnd /proc/self/status;"
            + " grep -c . /etc/hosts; id -u; pwd; ls -d /.host) > /tmp/index.html 2>&1;"
            + " exec httpd -f -p 80 -h /tmp");
  }

  private String fetch() {
    Outcome page =
        machines.remoteShell("for i in 1 2 3 4 5 6; do " + FETCH + " && exit; sleep 1; done");
    assertEquals(0, page.status(), page.output());
    return page.output();
  }

  @Test
  void theScriptBuildsTheSameContainer() throws Exception {
    String id = start(web(server().bind("/etc/hostname", "/data/of host", true)));
    String original = fetch();
    assertTrue(original.startsWith(id.substring(0, 12)), original);
    Files.writeString(script, with(containers -> containers.explain("byhand").script()));
    remove();
    LeakCheck before = LeakCheck.take(machines, test.root(), test.cgroupParent());

    Outcome built = machines.shell("sh " + script + " start");
    assertEquals(0, built.status(), built.output());
    int pid = Integer.parseInt(built.output());
    assertEquals(original, fetch());
    String inside = "nsenter -t " + pid + " -m -p ";
    assertEquals(
        Files.readString(Path.of("/etc/hostname")).strip(),
        machines.shell(inside + "cat '/data/of host'").output());
    assertEquals(1, machines.shell(inside + "touch '/data/of host'").status());

    Outcome cleaned = machines.shell("sh " + script + " clean");
    assertEquals(new Outcome(0, ""), cleaned);
    assertEquals(before, LeakCheck.take(machines, test.root(), test.cgroupParent()));
    assertFalse(Files.exists(test.root().resolve("by-hand")));
    assertFalse(Files.exists(Path.of("/proc/" + pid)));
  }

  @Test
  void theScriptSharesAndMovesWhatTheContainerDid() throws Exception {
    start(
        web(
            server()
                .namespaces(
                    NamespaceSpec.standard()
                        .withIpc(new NamespaceMode.Host())
                        .withUts(new NamespaceMode.Host())
                        .withTime(new TimeOffsets(0, 864_000_000_000_000L)))));
    Files.writeString(script, with(containers -> containers.explain("byhand").script()));
    remove();
    Outcome built = machines.shell("sh " + script + " start");
    assertEquals(0, built.status(), built.output());
    Path its = Path.of("/proc", built.output(), "ns");
    for (String shared : List.of("ipc", "uts")) {
      assertEquals(
          Files.readSymbolicLink(Path.of("/proc/self/ns", shared)),
          Files.readSymbolicLink(its.resolve(shared)));
    }
    assertNotEquals(
        Files.readSymbolicLink(Path.of("/proc/self/ns/time")),
        Files.readSymbolicLink(its.resolve("time")));
    assertTrue(
        Files.readString(its.resolveSibling("timens_offsets")).contains("864000"),
        "ten days ahead");
    assertEquals(new Outcome(0, ""), machines.shell("sh " + script + " clean"));
  }

  @Test
  void theScriptMakesTheBridgeWhereNoEngineHasAndTakesItBack() throws Exception {
    start(web(server()));
    String original = fetch();
    Files.writeString(script, with(containers -> containers.explain("byhand").script()));
    remove();
    try (HostNamespaces other = HostNamespaces.create(Kernel.load())) {
      LeakCheck before = LeakCheck.take(other, test.root(), test.cgroupParent());
      Outcome built = other.shell("sh " + script + " start");
      assertEquals(0, built.status(), built.output());
      assertEquals(original, other.remoteShell("sleep 0.3; " + FETCH).output());
      assertEquals(new Outcome(0, ""), other.shell("sh " + script + " clean"));
      assertEquals(before, LeakCheck.take(other, test.root(), test.cgroupParent()));
    }
  }

  @Test
  void inTheForegroundTheScriptEndsAsTheCommandDoes() throws Exception {
    ContainerSpec spec =
        Specs.shell("id -u; id -G; pwd; env; grep CapBnd /proc/self/status; touch /x; exit 7")
            .user("33:44")
            .workingDirectory("/srv/a b")
            .security(new SecuritySpec(false, true, List.of(), List.of("ALL"), true, ""))
            .spec();
    start(spec);
    with(containers -> awaitExit());
    Files.writeString(script, with(containers -> containers.explain("byhand").script()));
    remove();
    Outcome run = machines.shell("sh " + script);
    assertEquals(7, run.status(), run.output());
    List<String> lines = run.output().lines().toList();
    assertEquals(List.of("33", "44", "/srv/a b"), lines.subList(0, 3), run.output());
    assertTrue(run.output().contains("CapBnd:\t0000000000000000"), run.output());
    assertTrue(run.output().contains("touch: /x: Read-only file system"), run.output());
    assertFalse(Files.exists(test.root().resolve("by-hand")));
  }

  private int awaitExit() {
    try {
      return test.awaitExit("byhand");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theTraceOutlivesTheEngineAndTellsOfTheEnd() throws Exception {
    start(web(server()));
    String script = with(containers -> containers.explain("byhand").script());
    machines.run(test::reopen);
    assertEquals(script, with(containers -> containers.explain("byhand").script()));
    with(
        containers -> {
          containers.stop("byhand", Optional.of("KILL"), Optional.of(0));
          return true;
        });
    Explanation explanation = with(containers -> containers.explain("byhand"));
    assertTrue(explanation.text().contains("\nTEARDOWN: "), explanation.text());
    assertTrue(explanation.text().contains("$ ip netns del byhand\n"), explanation.text());
  }

  @Test
  void whoWatchesSeesEachEffectUpToTheEnd() throws Exception {
    with(containers -> containers.create("byhand", Specs.run("true").spec()));
    try (LiveTrace.Watch watch = with(containers -> containers.explainLive("byhand"))) {
      with(
          containers -> {
            containers.start("byhand");
            return true;
          });
      Stage last = Stage.ROOTFS;
      int count = 0;
      for (Optional<TraceEntry> entry = watch.take(); entry.isPresent(); entry = watch.take()) {
        last = entry.get().stage();
        count++;
      }
      assertEquals(Stage.TEARDOWN, last);
      assertEquals(with(containers -> containers.explain("byhand")).entries().size(), count);
    }
  }
}
