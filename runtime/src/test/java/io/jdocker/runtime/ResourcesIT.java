package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cgroups.Limits;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.spec.DeviceSpec;
import io.jdocker.runtime.spec.DeviceSpec.Mapping;
import io.jdocker.runtime.spec.KernelSpec;
import io.jdocker.runtime.spec.KernelSpec.Ulimit;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.testing.TestEngine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What containers feel of their resources, and what an engine's end leaves of them. */
@Timeout(60)
final class ResourcesIT {
  private static final String PARENT = "jdocker-it-parent-" + ProcessHandle.current().pid();

  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
    for (Path folder : groupsOfParent()) {
      Files.deleteIfExists(folder);
    }
  }

  private static List<Path> groupsOfParent() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> mounts = Files.list(Path.of("/sys/fs/cgroup"))) {
      mounts.map(mount -> mount.resolve(PARENT)).filter(Files::exists).forEach(folders::add);
    }
    Path unified = Path.of("/sys/fs/cgroup", PARENT);
    if (Files.exists(unified)) {
      folders.add(unified);
    }
    return folders;
  }

  private static Specs with(ResourceSpec resources, String script) {
    return Specs.shell(script).resources(resources);
  }

  private static ResourceSpec kernel(List<Ulimit> limits, Map<String, String> sysctls, int score) {
    return ResourceSpec.none().withKernel(new KernelSpec(limits, sysctls, score));
  }

  private static ResourceSpec devices(String from, String to, String permissions) {
    return ResourceSpec.none()
        .withDevices(new DeviceSpec(List.of(new Mapping(from, to, permissions)), List.of()));
  }

  @Test
  void aFurtherProcessHasTheLimitsOfTheFirst() throws Exception {
    Container container =
        test.start(
            with(kernel(List.of(new Ulimit("nofile", 100, 200)), Map.of(), 300), "sleep 1000")
                .spec());
    Outcome outcome =
        test.exec(
            container,
            Specs.exec("sh", "-c", "ulimit -Sn; ulimit -Hn; cat /proc/self/oom_score_adj"));
    assertEquals("100\n200\n300\n", outcome.stdout());
  }

  @Test
  void aLimitCanBeLoweredButNotRaisedAgain() throws Exception {
    Outcome outcome =
        test.run(
            with(
                    kernel(List.of(new Ulimit("nofile", 10, 20)), Map.of(), 0),
                    "ulimit -n 20 && ulimit -n; ulimit -n 30 2>&1; exit 0")
                .spec());
    assertTrue(outcome.stdout().startsWith("20\n"), outcome.stdout());
    assertTrue(outcome.stdout().contains("Operation not permitted"), outcome.stdout());
  }

  @Test
  void aSysctlIsTheContainersAloneAndNotTheHosts() throws Exception {
    Path file = Path.of("/proc/sys/kernel/msgmax");
    String before = Files.readString(file);
    Outcome outcome =
        test.run(
            with(
                    kernel(List.of(), Map.of("kernel.msgmax", "9001"), 0),
                    "cat /proc/sys/kernel/msgmax; echo 1 2>&1 > /proc/sys/kernel/msgmax")
                .spec());
    assertTrue(outcome.stdout().startsWith("9001\n"), outcome.stdout());
    assertTrue(outcome.stdout().contains("Read-only file system"), outcome.stdout());
    assertEquals(before, Files.readString(file));
  }

  @Test
  void aSysctlThatTheKernelLacksFailsTheStartByItsName() {
    Container container =
        test.engine()
            .containers()
            .create(
                "",
                with(kernel(List.of(), Map.of("net.core.no_such_thing", "1"), 0), "true").spec());
    EngineException failed =
        assertThrows(
            EngineException.class, () -> test.engine().containers().start(container.id().hex()));
    assertTrue(
        failed.getMessage().contains("/proc/sys/net/core/no_such_thing"), failed.getMessage());
    assertEquals(Status.CREATED, container.state().status());
  }

  @Test
  void aSysctlOfTheNetworkIsNotForTheHosts() {
    InvalidArgument refused =
        assertThrows(
            InvalidArgument.class,
            () ->
                test.engine()
                    .containers()
                    .create(
                        "",
                        with(kernel(List.of(), Map.of("net.core.somaxconn", "1"), 0), "true")
                            .networking(NetworkingSpec.standard("host"))
                            .spec()));
    assertEquals(
        "sysctl \"net.core.somaxconn\" not allowed in host network namespace",
        refused.getMessage());
  }

  @Test
  void aDeviceHasTheHostsModeAndOwner() throws Exception {
    Outcome outcome =
        test.run(
            with(devices("/dev/tty", "/dev/deep/er/x", "rwm"), "stat -c '%a %u %g' /dev/deep/er/x")
                .spec());
    Object mode = Files.getAttribute(Path.of("/dev/tty"), "unix:mode");
    String expected =
        Integer.toOctalString((int) mode & 0777)
            + " "
            + Files.getAttribute(Path.of("/dev/tty"), "unix:uid")
            + " "
            + Files.getAttribute(Path.of("/dev/tty"), "unix:gid");
    assertEquals(expected + "\n", outcome.stdout(), outcome.stderr());
  }

  /** Outside of /dev it lies in the writable layer, and is there at the second start. */
  @Test
  void aDeviceOutsideOfDevSurvivesARestart() throws Exception {
    Container container =
        test.engine()
            .containers()
            .create("", with(devices("/dev/null", "/srv/hole", "rw"), "echo x > /srv/hole").spec());
    for (int run = 0; run < 2; run++) {
      test.engine().containers().start(container.id().hex());
      assertEquals(0, test.awaitExit(container.id().hex()));
    }
  }

  /** CVE-2026-41579: an image's link must not lead a node to the host. */
  @Test
  void aLinkInTheWayOfADeviceLeadsInsideOnly() throws Exception {
    Path outside = test.root().resolve("outside");
    Files.createDirectories(outside);
    Container container =
        test.engine()
            .containers()
            .create(
                "",
                with(
                        devices("/dev/null", "/evil/x", "rw"),
                        "rm -r /evil && ln -s " + outside + " /evil")
                    .spec());
    test.engine().containers().start(container.id().hex());
    assertEquals(0, test.awaitExit(container.id().hex()));
    EngineException refused =
        assertThrows(
            EngineException.class, () -> test.engine().containers().start(container.id().hex()));
    assertTrue(refused.getMessage().contains("/evil/x"), refused.getMessage());
    try (Stream<Path> entries = Files.list(outside)) {
      assertEquals(List.of(), entries.toList());
    }
  }

  @Test
  void whatTheKernelCannotDoIsWarnedOfAndLeftOut() throws Exception {
    List<String> warnings = new ArrayList<>();
    Container container =
        test.engine()
            .containers()
            .create(
                "",
                with(ResourceSpec.of(Limits.builder().oomKillDisable(true).build()), "true").spec(),
                warnings::add);
    assertEquals(1, warnings.size(), warnings::toString);
    boolean v2 = test.engine().cgroups().version() == 2;
    assertEquals(!v2, container.record().spec().resources().limits().memory().oomKillDisable());
  }

  @Test
  void aParentOfTheUsersHoldsItsGroupAndAnotherEngineFindsIt() throws Exception {
    Container container =
        test.start(with(ResourceSpec.none().withCgroupParent("/" + PARENT), "sleep 1000").spec());
    String id = container.id().hex();
    for (Path parent : groupsOfParent()) {
      assertTrue(Files.exists(parent.resolve(id)), parent.toString());
    }
    assertFalse(groupsOfParent().isEmpty());
    Engine second = test.reopen();
    assertEquals(Status.RUNNING, second.containers().get(id).state().status());
    second.containers().remove(id, true, false);
    for (Path parent : groupsOfParent()) {
      assertFalse(Files.exists(parent.resolve(id)), "its group is gone with it");
    }
  }

  @Test
  void aParentThatLeadsOutIsRefused() {
    for (String parent : List.of("/..", "../x", "/a/../../b", "/")) {
      assertThrows(
          InvalidArgument.class,
          () ->
              test.engine()
                  .containers()
                  .create("", with(ResourceSpec.none().withCgroupParent(parent), "true").spec()),
          parent);
    }
    assertEquals(List.of(), List.copyOf(test.engine().containers().list()));
  }

  @Test
  void memoryThatRunsOutEndsTheContainerAndIsTold() throws Exception {
    ResourceSpec small =
        ResourceSpec.of(Limits.builder().memory(16 << 20).memorySwap(16 << 20).build());
    Container container =
        test.start(with(small, "x=$(head -c 64m /dev/zero | tr '\\0' x); echo alive").spec());
    test.awaitExit(container.id().hex());
    assertTrue(container.state().oomKilled());
  }

  @Test
  void aPrivilegedContainerHasTheDeviceUnderItsNewName() throws Exception {
    Outcome outcome =
        test.run(
            with(devices("/dev/zero", "/dev/nought", "r"), "head -c1 /dev/nought | wc -c")
                .security(new SecuritySpec(true, false, List.of(), List.of(), false, ""))
                .spec());
    assertEquals("1", outcome.stdout().strip(), outcome.stderr());
  }

  @Test
  void theDeviceRulesAreOneLineOfTheStory() throws Exception {
    Container container = test.start(Specs.run("true").spec());
    test.awaitExit(container.id().hex());
    String story = test.engine().containers().explain(container.id().hex()).text();
    assertEquals(2, story.split("allow these devices|limit the devices", -1).length, story);
  }
}
