package io.jdocker.runtime.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.seccomp.KernelVersion;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.TimeOffsets;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** --pid, --ipc, --uts, --cgroupns and --time-offset. */
final class SharedNamespacesIT {
  private static final NamespaceSpec OWN = NamespaceSpec.standard();
  private static final String FOREVER = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

  private static final ExecSpec NAMESPACES =
      Specs.exec("sh", "-c", "readlink /proc/self/ns/ipc; readlink /proc/self/ns/pid");

  /** Whether an execve(2) enters the time namespace of the children: Linux 6.2. */
  private static final boolean TIME_NAMESPACES =
      KernelVersion.current().isAtLeast(new KernelVersion(6, 2));

  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private static NamespaceMode with(Container other) {
    return new NamespaceMode.Container(other.id().hex());
  }

  private static ContainerSpec shell(String script, NamespaceSpec namespaces) {
    return Specs.shell(script).namespaces(namespaces).spec();
  }

  private String output(String script, NamespaceSpec namespaces) throws Exception {
    return test.run(shell(script, namespaces)).stdout().strip();
  }

  /** A mode, the file of /proc it shows in, and whether that is the host's. */
  static List<Arguments> modes() {
    NamespaceMode host = new NamespaceMode.Host();
    NamespaceMode own = new NamespaceMode.Own();
    return List.of(
        Arguments.of("pid", OWN, false),
        Arguments.of("pid", OWN.withPid(host), true),
        Arguments.of("ipc", OWN, false),
        Arguments.of("ipc", OWN.withIpc(new NamespaceMode.Shareable()), false),
        Arguments.of("ipc", OWN.withIpc(new NamespaceMode.Bare()), false),
        Arguments.of("ipc", OWN.withIpc(host), true),
        Arguments.of("uts", OWN, false),
        Arguments.of("uts", OWN.withUts(host), true),
        Arguments.of("cgroup", OWN.withCgroup(own), false),
        Arguments.of("cgroup", OWN.withCgroup(host), true),
        Arguments.of("time", OWN, true),
        // Where there are none, the host's is all that can be seen; see theClocksAreMoved.
        Arguments.of(
            "time",
            TIME_NAMESPACES ? OWN.withTime(new TimeOffsets(5_000_000_000L, 0)) : OWN,
            !TIME_NAMESPACES));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aNamespaceIsTheHostsOrItsOwn(String kind, NamespaceSpec namespaces, boolean hosts)
      throws Exception {
    String mine = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/" + kind)).toString();
    String its = output("readlink /proc/self/ns/" + kind, namespaces);
    assertTrue(its.startsWith(kind + ":["), its);
    assertEquals(hosts, mine.equals(its), its + " beside the host's " + mine);
  }

  @Test
  void aContainerSeesTheProcessesOfTheOneItJoins() throws Exception {
    Container first = test.start(Specs.shell("exec sleep 1234").spec());
    String commands = output("cat /proc/1/cmdline | tr '\\0' ' '", OWN.withPid(with(first)));
    assertEquals("sleep 1234", commands);
  }

  @Test
  void theEndOfTheFirstProcessEndsThoseThatJoined() throws Exception {
    Container first = test.start(Specs.shell(FOREVER).spec());
    Container second = test.start(shell(FOREVER, OWN.withPid(with(first))));
    test.engine().containers().kill(first.id().hex(), "KILL");
    assertEquals(137, test.awaitExit(second.id().hex()), "the kernel ends a pid namespace whole");
    EngineException e =
        assertThrows(
            SystemFailure.class, () -> test.engine().containers().start(second.id().hex()));
    assertEquals(
        "failed to join PID namespace: container " + first.id() + " is not running",
        e.getMessage());
    test.engine().containers().start(first.id().hex());
    test.engine().containers().start(second.id().hex());
    assertTrue(second.state().status().isAlive());
  }

  @Test
  void whatIsLeftInTheHostsPidNamespaceEndsWithTheContainer() throws Exception {
    Container container =
        test.start(
            shell("sleep 4321 & echo $! started; exit 0", OWN.withPid(new NamespaceMode.Host())));
    test.awaitExit(container.id().hex());
    int child = Integer.parseInt(lastLine(container).split("[\" ]", -1)[3]);
    assertFalse(
        Files.exists(Path.of("/proc/" + child + "/root/proc/self")), "a process outlived it");
  }

  private String lastLine(Container container) throws Exception {
    return Files.readString(test.engine().containers().logFile(container)).strip();
  }

  @Test
  void initIsLeftOutWhereItWouldNotBeTheFirst() throws Exception {
    Container first = test.start(Specs.shell("exec sleep 1234").spec());
    ContainerSpec spec =
        Specs.shell("read -r name < /proc/$$/comm; echo $name")
            .init()
            .namespaces(OWN.withPid(with(first)))
            .spec();
    assertEquals("sh\n", test.run(spec).stdout());
  }

  @Test
  void sharedMemoryIsSharedWithTheNamespace() throws Exception {
    NamespaceSpec shareable = OWN.withIpc(new NamespaceMode.Shareable());
    Container first = test.start(shell("echo hello > /dev/shm/note; " + FOREVER, shareable));
    awaitFile(first, "/dev/shm/note");
    assertEquals("hello", output("cat /dev/shm/note; echo back > /dev/shm/answer", joined(first)));
    assertEquals("back\n", test.exec(first, Specs.exec("cat", "/dev/shm/answer")).stdout());
  }

  private static NamespaceSpec joined(Container first) {
    return OWN.withIpc(with(first));
  }

  private void awaitFile(Container container, String file) throws Exception {
    test.exec(
        container, Specs.exec("sh", "-c", "while ! [ -s " + file + " ]; do sleep 0.01; done"));
  }

  @Test
  void theJoinedIsJoinedByAThird() throws Exception {
    Container first = test.start(shell(FOREVER, OWN.withIpc(new NamespaceMode.Shareable())));
    Container second = test.start(shell(FOREVER, joined(first)));
    String namespace = output("readlink /proc/self/ns/ipc", joined(first));
    assertEquals(namespace, output("readlink /proc/self/ns/ipc", joined(second)));
  }

  @Test
  void theHostsSharedMemoryIsTheHosts() throws Exception {
    Path note = Files.createTempFile(Path.of("/dev/shm"), "jdocker", "");
    try {
      Files.writeString(note, "of the host");
      assertEquals(
          "of the host",
          output("cat /dev/shm/" + note.getFileName(), OWN.withIpc(new NamespaceMode.Host())));
    } finally {
      Files.delete(note);
    }
  }

  @Test
  void withoutIpcThereIsNoSharedMemory() throws Exception {
    NamespaceSpec bare = OWN.withIpc(new NamespaceMode.Bare());
    assertEquals("absent", output("[ -e /dev/shm ] || echo absent", bare));
    assertEquals("", output("grep /dev/shm /proc/self/mountinfo", bare));
  }

  @ParameterizedTest
  @CsvSource({"private", "none"})
  void nobodyJoinsWhatIsNotShareable(String mode) throws Exception {
    Container first = test.start(shell(FOREVER, OWN.withIpc(NamespaceMode.Kind.IPC.parse(mode))));
    Container second = test.engine().containers().create("", shell("true", joined(first)));
    EngineException e =
        assertThrows(
            SystemFailure.class, () -> test.engine().containers().start(second.id().hex()));
    Footprint before = test.footprint(); // now that its hosts and resolv.conf are there
    assertThrows(SystemFailure.class, () -> test.engine().containers().start(second.id().hex()));
    assertEquals(
        "failed to join IPC namespace: container "
            + first.id()
            + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)",
        e.getMessage());
    assertEquals(before, test.footprint(), "the failed start left something");
  }

  @ParameterizedTest
  @CsvSource({"PID", "IPC"})
  void aContainerThatIsNotThereIsRefusedWhenCreated(String kind) {
    NamespaceMode nobody = new NamespaceMode.Container("nobody");
    NamespaceSpec namespaces = kind.equals("PID") ? OWN.withPid(nobody) : OWN.withIpc(nobody);
    EngineException e =
        assertThrows(
            InvalidArgument.class,
            () -> test.engine().containers().create("", shell("true", namespaces)));
    assertEquals("No such container: nobody", e.getMessage());
    assertTrue(test.engine().containers().list().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"PID", "IPC"})
  void aRemovedContainerIsNamedWhenStarted(String kind) {
    Container gone = test.engine().containers().create("gone", Specs.run("true").spec());
    NamespaceMode mode = new NamespaceMode.Container("gone");
    NamespaceSpec namespaces = kind.equals("PID") ? OWN.withPid(mode) : OWN.withIpc(mode);
    Container second = test.engine().containers().create("", shell("true", namespaces));
    test.engine().containers().remove("gone", false, false);
    EngineException e =
        assertThrows(
            SystemFailure.class, () -> test.engine().containers().start(second.id().hex()));
    assertEquals(
        "failed to join " + kind + " namespace: No such container: " + gone.id(), e.getMessage());
  }

  @Test
  void aSharedNetworkOutlivesANewNameOfItsContainer() throws Exception {
    Container first = test.engine().containers().create("first", Specs.shell(FOREVER).spec());
    test.engine().containers().start(first.id().hex());
    Container second =
        test.engine()
            .containers()
            .create(
                "",
                Specs.shell("readlink /proc/self/ns/net")
                    .networking(NetworkingSpec.standard("container:first"))
                    .spec());
    assertEquals("container:" + first.id(), second.record().spec().networking().mode());
    test.engine().containers().rename("first", "renamed");
    test.engine().containers().start(second.id().hex());
    test.awaitExit(second.id().hex());
    String shared = test.exec(first, Specs.exec("readlink", "/proc/self/ns/net")).stdout();
    assertTrue(lastLine(second).contains(shared.strip()), shared);
  }

  @Test
  void theHostsNameIsTheContainers() throws Exception {
    String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    NamespaceSpec hosts = OWN.withUts(new NamespaceMode.Host());
    assertEquals(name + " " + name, output("echo $(hostname) $HOSTNAME", hosts));
    EngineException e =
        assertThrows(
            InvalidArgument.class,
            () ->
                test.engine()
                    .containers()
                    .create("", Specs.run("true").hostname("box").namespaces(hosts).spec()));
    assertEquals("conflicting options: hostname and the UTS mode", e.getMessage());
  }

  @Test
  void theClocksAreMovedForTheCommandAndItsExecs() throws Exception {
    long days = 100L * 86_400;
    NamespaceSpec moved =
        OWN.withTime(new TimeOffsets(days * 1_000_000_000L, (days + 1) * 1_000_000_000L));
    if (!TIME_NAMESPACES) {
      EngineException old =
          assertThrows(Unsupported.class, () -> test.start(shell("cat /proc/uptime", moved)));
      assertTrue(old.getMessage().contains("Linux 6.2 or later, this is "), old.getMessage());
      return;
    }
    Container container = test.start(shell("cat /proc/uptime; " + FOREVER, moved));
    test.awaitOutput(container, ".");
    long host = uptime(Files.readString(Path.of("/proc/uptime")));
    assertNear(host + days + 1, uptime(lastLine(container).split("\"", -1)[3]));
    String exec = test.exec(container, Specs.exec("cat", "/proc/uptime")).stdout();
    assertNear(host + days + 1, uptime(exec));
    assertEquals(
        "monotonic 8640000 0 boottime 8640001 0",
        test.exec(container, Specs.exec("cat", "/proc/1/timens_offsets"))
            .stdout()
            .replaceAll("\\s+", " ")
            .strip());
  }

  private static long uptime(String text) {
    return (long) Double.parseDouble(text.split(" ", -1)[0]);
  }

  /** Not a matter of how fast the test is: an offset that is not there is off by 100 days. */
  private static void assertNear(long expected, long actual) {
    assertTrue(Math.abs(expected - actual) < 3600, actual + " is not about " + expected);
  }

  @Test
  void theyAreStillSharedAfterTheEnginesEnd() throws Exception {
    NamespaceSpec shareable = OWN.withIpc(new NamespaceMode.Shareable());
    Container first = test.start(shell(FOREVER, shareable));
    Container second = test.start(shell(FOREVER, joined(first).withPid(with(first))));
    test.reopen();
    Container adopted = test.engine().containers().get(second.id().hex());
    assertEquals(second.record().spec(), adopted.record().spec());
    String expected =
        test.exec(test.engine().containers().get(first.id().hex()), NAMESPACES).stdout();
    assertNotEquals("", expected);
    assertEquals(expected, test.exec(adopted, NAMESPACES).stdout());
    test.engine().containers().restart(second.id().hex(), Optional.empty(), Optional.of(1));
    assertEquals(
        expected,
        test.exec(test.engine().containers().get(second.id().hex()), NAMESPACES).stdout());
  }
}
