package io.jdocker.runtime.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.fault.FaultyHost.Work;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.testing.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a container cannot start: told in one line, with the right kind and code, nothing left. */
final class LaunchFailureIT {
  private static final String NAME = "launch-" + ProcessHandle.current().pid();
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private FaultyHost host;

  @BeforeEach
  void open() throws Exception {
    host = new FaultyHost();
  }

  @AfterEach
  void close() throws Exception {
    host.close();
  }

  /**
   * A start that fails.
   *
   * @param kind of the error, and so its HTTP status
   * @param wording a part of its message
   * @param exitCode what the container shows afterwards
   */
  private record Case(
      String name,
      Specs specs,
      Class<? extends EngineException> kind,
      String wording,
      int exitCode) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> refusals() {
    return Stream.concat(commands(), surroundings());
  }

  private static Stream<Case> commands() {
    return Stream.of(
        new Case(
            "a command that is nowhere",
            Specs.run("nosuch"),
            InvalidArgument.class,
            "exec: \"nosuch\": executable file not found in $PATH",
            127),
        new Case(
            "a command by a path that is not there",
            Specs.run("/bin/nosuch"),
            InvalidArgument.class,
            "exec: \"/bin/nosuch\": stat /bin/nosuch: no such file or directory",
            127),
        new Case(
            "a command below a file",
            Specs.run("/etc/passwd/x"),
            InvalidArgument.class,
            "exec: \"/etc/passwd/x\"",
            127),
        new Case(
            "a file that may not be run",
            Specs.run("/etc/passwd"),
            InvalidArgument.class,
            "exec: \"/etc/passwd\": permission denied",
            126),
        new Case(
            "a folder as a command",
            Specs.run("/etc"),
            InvalidArgument.class,
            "exec: \"/etc\": permission denied",
            126));
  }

  private static Stream<Case> surroundings() {
    return Stream.of(
        new Case(
            "a user that the image has not",
            Specs.run("true").user("nobody-of-here"),
            InvalidArgument.class,
            "unable to find user nobody-of-here: no matching entries in passwd file",
            128),
        new Case(
            "a group that the image has not",
            Specs.run("true").user("root:nogroup-of-here"),
            InvalidArgument.class,
            "unable to find group nogroup-of-here: no matching entries in group file",
            128),
        new Case(
            "a work folder that is a file",
            Specs.run("true").workingDirectory("/etc/passwd/x"),
            SystemFailure.class,
            "\"/etc/passwd/x\", 0755): ENOTDIR (Not a directory)",
            128),
        new Case(
            "a network that is not there",
            Specs.run("true").networking(NetworkingSpec.standard("nosuch")),
            NotFound.class,
            "network nosuch not found",
            128),
        new Case(
            "a container to share a network with that is not there",
            Specs.run("true").networking(NetworkingSpec.standard("container:nosuch")),
            NotFound.class,
            "No such container: nosuch",
            128),
        new Case(
            "a namespace that is no network's",
            Specs.run("true").networking(NetworkingSpec.standard("ns:/proc/self/ns/uts")),
            InvalidArgument.class,
            "/proc/self/ns/uts is not a network namespace",
            128));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void aStartThatCannotBeIsRefused(Case refusal) throws Exception {
    warmUp();
    HostState before = host.state();
    host.with(engine -> engine.containers().create(NAME, refusal.specs().spec()));
    refused(refusal.kind(), refusal.wording(), refusal.exitCode());
    removeAndCompare(before);
  }

  /** What is made once and stays, as folders, is there then. */
  private void warmUp() {
    host.with(
        engine -> {
          engine.containers().create(NAME, Specs.run("sleep", "1000").spec());
          engine.containers().start(NAME);
          engine.containers().remove(NAME, true, true);
        });
  }

  private void refused(Class<? extends EngineException> kind, String wording, int exitCode) {
    EngineException refused =
        assertThrows(kind, () -> host.with(engine -> engine.containers().start(NAME)));
    assertTrue(refused.getMessage().contains(wording), refused.getMessage());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    host.with(
        engine -> {
          Container container = engine.containers().get(NAME);
          assertEquals(Status.CREATED, container.state().status());
          assertEquals(exitCode, container.state().exitCode());
          assertTrue(container.state().error().contains(wording), container.state().error());
        });
  }

  private void removeAndCompare(HostState before) throws IOException {
    host.with(engine -> engine.containers().remove(NAME, true, true));
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    List<String> difference;
    do {
      difference = host.state().differenceTo(before);
    } while (!difference.isEmpty() && System.nanoTime() < deadline);
    assertEquals(List.of(), difference);
  }

  private static Specs published() {
    NetworkingSpec bridge = NetworkingSpec.standard("bridge");
    return Specs.run("sleep", "1000")
        .networking(
            new NetworkingSpec(
                bridge.mode(),
                Map.of(),
                List.of(new NetworkingSpec.PublishedPort("80/tcp", "", "8080")),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ""));
  }

  private void startsOnceAgain() {
    host.with(
        engine -> {
          engine.containers().start(NAME);
          assertEquals(Status.RUNNING, engine.containers().get(NAME).state().status());
          engine.containers().stop(NAME, Optional.empty(), Optional.of(0));
        });
  }

  @Test
  void aPortThatAForeignProgramHasIsToldAndUsedOnceItIsFree() throws Exception {
    warmUp();
    host.with(engine -> engine.containers().create(NAME, published().spec()));
    Process foreign = host.machines().startHost("exec busybox nc -l -p 8080");
    try {
      awaitListener();
      refused(SystemFailure.class, "8080", 128);
    } finally {
      foreign.destroyForcibly().waitFor();
    }
    startsOnceAgain();
  }

  private void awaitListener() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!host.machines().shell("ss -Hlnt sport = :8080").output().contains("8080")) {
      assertTrue(System.nanoTime() < deadline, "nobody listens");
    }
  }

  @Test
  void aPortThatAnotherContainerHasIsToldAndUsedOnceItIsFree() throws Exception {
    host.with(
        engine -> {
          engine.containers().create("other-" + NAME, published().spec());
          engine.containers().start("other-" + NAME);
          engine.containers().create(NAME, published().spec());
        });
    EngineException refused =
        assertThrows(
            EngineException.class, () -> host.with(engine -> engine.containers().start(NAME)));
    assertTrue(
        refused
            .getMessage()
            .startsWith("driver failed programming external connectivity on endpoint " + NAME),
        refused.getMessage());
    assertTrue(refused.getMessage().contains("port is already allocated"), refused.getMessage());
    host.with(engine -> engine.containers().remove("other-" + NAME, true, true));
    startsOnceAgain();
  }

  @Test
  void aBindSourceThatWentAfterTheCreationIsNamed() throws Exception {
    Path source = Files.createTempDirectory("jdocker-source");
    warmUp();
    HostState before = host.state();
    host.with(
        engine ->
            engine
                .containers()
                .create(NAME, Specs.run("true").bind(source.toString(), "/data", false).spec()));
    Files.delete(source);
    refused(InvalidArgument.class, source.toString(), 128);
    removeAndCompare(before);
  }

  @Test
  void aVolumeWhoseDataWentIsNamed() throws Exception {
    MountSpec mount = new MountSpec(MountSpec.Kind.VOLUME, "data", "/data", false, "", "", false);
    host.with(engine -> engine.containers().create(NAME, Specs.run("true").mount(mount).spec()));
    Files.delete(host.root().resolve("volumes/data/_data"));
    assertThrowsNaming("volumes/data/_data");
  }

  private void assertThrowsNaming(String wording) {
    RuntimeException refused =
        assertThrows(
            RuntimeException.class, () -> host.with(engine -> engine.containers().start(NAME)));
    assertTrue(refused.getMessage().contains(wording), refused.toString());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    host.with(engine -> engine.containers().remove(NAME, false, true));
  }

  private Path snapshot(Engine engine) {
    return host.root().resolve("snapshots").resolve(engine.containers().get(NAME).id().hex());
  }

  /** Does harm to the writable layer of a container that was created. */
  private void damaged(Work harm, String wording) throws Exception {
    warmUp();
    HostState before = host.state();
    host.with(
        engine -> {
          engine.containers().create(NAME, Specs.run("true").spec());
          harm.run(engine);
        });
    refused(SystemFailure.class, wording, 128);
    removeAndCompare(before);
  }

  @Test
  void aWritableLayerThatIsGoneIsTold() throws Exception {
    damaged(engine -> deleteTree(snapshot(engine)), "the writable layer of ");
  }

  @Test
  void aWritableLayerWithoutItsWorkFolderIsTold() throws Exception {
    damaged(engine -> deleteTree(snapshot(engine).resolve("work")), "mount");
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aLayerOfTheImageThatIsGoneIsTold() throws Exception {
    warmUp();
    host.with(engine -> engine.containers().create(NAME, Specs.run("true").spec()));
    Path layer = host.root().resolve("images/l/1");
    Files.move(layer, host.root().resolve("images/l/away"));
    try {
      refused(SystemFailure.class, "images/l/1", 128);
    } finally {
      Files.move(host.root().resolve("images/l/away"), layer);
    }
    host.with(engine -> engine.containers().start(NAME));
  }

  @Test
  void aControlGroupThatSomebodyElseMadeUnderTheIdIsTakenOver() throws Exception {
    warmUp();
    HostState before = host.state();
    host.with(
        engine -> {
          engine.containers().create(NAME, Specs.run("true").spec());
          String id = engine.containers().get(NAME).id().hex();
          for (String hierarchy : List.of("pids", "memory", "freezer", "")) {
            Path group = Path.of("/sys/fs/cgroup", hierarchy, host.cgroupParent()).resolve(id);
            if (Files.isDirectory(group.getParent())) {
              Files.createDirectory(group);
            }
          }
          engine.containers().start(NAME);
        });
    removeAndCompare(before);
  }
}
