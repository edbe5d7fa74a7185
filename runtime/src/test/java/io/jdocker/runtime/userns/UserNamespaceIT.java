package io.jdocker.runtime.userns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.linux.user.IdRange;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ContainerFiles;
import io.jdocker.runtime.explain.Explanation;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a container with mapped ids sees, and what the host sees of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UserNamespaceIT {
  private static final IdRange RANGE = new IdRange(0, 100000, 65536);
  private static final IdMapping IDS = new IdMapping(List.of(RANGE), List.of(RANGE));

  private TestEngine engine;

  @BeforeAll
  void open() throws Exception {
    engine = TestEngine.open();
  }

  @AfterAll
  void close() throws Exception {
    engine.close();
  }

  private static ContainerSpec mapped(Specs specs) {
    ContainerSpec spec = specs.spec();
    return spec.withNamespaces(spec.namespaces().withIds(IDS));
  }

  private String output(ContainerSpec spec) throws Exception {
    TestEngine.Outcome outcome = engine.run(spec);
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
    return outcome.stdout();
  }

  private static Object hostOwner(Path file) throws Exception {
    return Files.getAttribute(file, "unix:uid");
  }

  @Test
  void rootInsideIsNobodyOutside() throws Exception {
    Container container = engine.start(mapped(Specs.run("sleep", "60")));
    int pid = container.state().pid();
    assertEquals(100000, hostOwner(Path.of("/proc/" + pid)));
    assertEquals(
        "uid=0(root) gid=0(root) groups=0(root)\n",
        engine.exec(container, Specs.exec("id")).stdout().replace(",10(wheel)", ""));
    String map = Files.readString(Path.of("/proc/" + pid + "/uid_map"));
    assertEquals("0 100000 65536", map.strip().replaceAll(" +", " "));
  }

  @Test
  void whatTheImageAndTheEngineGiveBelongsToItsRoot() throws Exception {
    String owners =
        output(
            mapped(
                Specs.shell(
                    "stat -c '%u:%g %n' / /etc /bin/busybox /dev /dev/null /dev/shm /etc/hosts"
                        + " /etc/hostname /etc/resolv.conf")));
    assertTrue(owners.lines().allMatch(line -> line.startsWith("0:0 ")), owners);
  }

  @Test
  void itsCapabilitiesAreTheUsualOnesAndNoMore() throws Exception {
    String own = output(mapped(Specs.shell("grep Cap /proc/self/status")));
    assertEquals(output(Specs.shell("grep Cap /proc/self/status").spec()), own);
    assertTrue(own.contains("CapBnd:\t00000000a80425fb"), own);
  }

  @Test
  void whatItWritesIsOnDiskAsWithoutMapping() throws Exception {
    Container container =
        engine.engine().containers().create("", mapped(Specs.shell("touch /a; chown 7:8 /a")));
    engine.engine().containers().start(container.id().hex());
    engine.awaitExit(container.id().hex());
    Path upper = engine.root().resolve("snapshots/" + container.id().hex() + "/upper");
    assertEquals(7, hostOwner(upper.resolve("a")));
    assertEquals(8, Files.getAttribute(upper.resolve("a"), "unix:gid"));
  }

  @Test
  void volumesKeepTheContainersIdsAndBindsTheHosts(@TempDir Path folder) throws Exception {
    engine.engine().volumes().create("data", Map.of());
    MountSpec volume = new MountSpec(MountSpec.Kind.VOLUME, "data", "/data", false, "", "", false);
    Files.createFile(folder.resolve("roots"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    String seen =
        output(
            mapped(
                Specs.shell("touch /data/f /host/f; stat -c %u /data/f /host/f /host/roots")
                    .mount(volume)
                    .bind(folder.toString(), "/host", false)));
    assertEquals("0\n0\n65534\n", seen);
    Path data = engine.engine().volumes().get("data").data();
    assertEquals(0, hostOwner(data.resolve("f")));
    assertEquals(100000, hostOwner(folder.resolve("f")));
    // And one without a mapping sees the same.
    assertEquals("0\n", output(Specs.shell("stat -c %u /data/f").mount(volume).spec()));
  }

  @Test
  void everyNamespaceButThatOfPidsBelongsToItsOwn() throws Exception {
    // What needs a capability over the owner of each: host name, links, message queues, mounts.
    Specs specs =
        Specs.shell(
            "hostname moved && hostname; ip link set lo down && ip link set lo up && echo net;"
                + " mkdir /m && mount -t tmpfs none /m && echo mount; umount /proc/sys; echo $?");
    SecuritySpec more =
        new SecuritySpec(false, false, List.of("SYS_ADMIN", "NET_ADMIN"), List.of(), false, "");
    TestEngine.Outcome outcome = engine.run(mapped(specs.security(more)));
    assertEquals("moved\nnet\nmount\n1\n", outcome.stdout());
    // Mounts that came with a lesser user namespace are locked: what is hidden stays hidden.
    assertTrue(outcome.stderr().contains("Invalid argument"), outcome.stderr());
  }

  @Test
  void aTerminalBelongsToItsUser() throws Exception {
    Specs specs = Specs.shell("tty; stat -c '%u' $(tty); id -u").terminal().user("65");
    assertEquals(
        List.of("/dev/pts/0", "65", "65"),
        Stream.of(engine.run(mapped(specs)).stdout().split("\r\n")).toList());
  }

  @Test
  void itsInitProcessRunsInside() throws Exception {
    assertEquals("0\n2\n", output(mapped(Specs.shell("id -u; echo $$").init())));
  }

  @Test
  void filesAreCopiedInAndOutWithTheContainersIds() throws Exception {
    Container container =
        engine.start(mapped(Specs.shell("touch /f; chown 7:8 /f; echo made; sleep 60")));
    String id = container.id().hex();
    engine.awaitOutput(container, "made");
    ContainerFiles files = engine.engine().containers().files();
    byte[] tar = new TarBuilder().file("new", "text", 0644).build();
    files.copyIn(id, "/tmp", new ByteArrayInputStream(tar), false, false);
    assertEquals(
        "0:0\n", engine.exec(container, Specs.exec("stat", "-c", "%u:%g", "/tmp/new")).stdout());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.copyOut(id, "/f", stat -> out);
    TarEntry entry =
        new TarReader(new ByteArrayInputStream(out.toByteArray())).next().orElseThrow();
    assertEquals(List.of(7L, 8L), List.of(entry.uid(), entry.gid()));
  }

  @Test
  void itOutlivesTheEngineAndIsEnteredByTheNext() throws Exception {
    Container container = engine.start(mapped(Specs.run("sleep", "60")));
    engine.reopen();
    Container adopted = engine.engine().containers().get(container.id().hex());
    assertEquals("0\n", engine.exec(adopted, Specs.exec("id", "-u")).stdout());
    assertEquals(
        "uid_map: same\n",
        engine
            .exec(
                adopted,
                Specs.exec(
                    "sh", "-c", "cmp /proc/1/uid_map /proc/self/uid_map && echo uid_map: same"))
            .stdout());
  }

  @Test
  void anotherOnItsNetworkSharesItsUsers() throws Exception {
    Container first = engine.start(mapped(Specs.shell("ip link set lo down; sleep 60")));
    ContainerSpec second =
        Specs.shell("readlink /proc/self/ns/user; readlink /proc/self/ns/net")
            .networking(NetworkingSpec.standard("container:" + first.id().hex()))
            .spec();
    String namespaces =
        engine
            .exec(
                first,
                Specs.exec("sh", "-c", "readlink /proc/self/ns/user; readlink /proc/self/ns/net"))
            .stdout();
    assertEquals(namespaces, output(second));
  }

  @Test
  void whatNeedsTheHostsUsersIsRefusedInDockersWords() {
    ContainerSpec host = mapped(Specs.run("true").networking(NetworkingSpec.standard("host")));
    assertEquals(
        "cannot share the host's network namespace when user namespaces are enabled",
        assertThrows(InvalidArgument.class, () -> engine.engine().containers().create("", host))
            .getMessage());
    ContainerSpec pids = mapped(Specs.run("true"));
    ContainerSpec hostPids =
        pids.withNamespaces(pids.namespaces().withPid(new NamespaceMode.Host()));
    assertEquals(
        "cannot share the host PID namespace when user namespaces are enabled",
        assertThrows(InvalidArgument.class, () -> engine.engine().containers().create("", hostPids))
            .getMessage());
    ContainerSpec privileged =
        mapped(
            Specs.run("true")
                .security(new SecuritySpec(true, false, List.of(), List.of(), false, "")));
    assertEquals(
        "privileged mode is incompatible with user namespaces.  You must run the container in the"
            + " host namespace when running privileged mode",
        assertThrows(
                InvalidArgument.class, () -> engine.engine().containers().create("", privileged))
            .getMessage());
  }

  @Test
  void aUserWithoutANumberOutsideIsRefused() {
    IdRange few = new IdRange(0, 100000, 10);
    ContainerSpec spec = Specs.run("true").user("10").spec();
    ContainerSpec tooFew =
        spec.withNamespaces(spec.namespaces().withIds(new IdMapping(List.of(few), List.of(few))));
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> engine.start(tooFew));
    assertEquals("user 10 is not in the container's user namespace", refused.getMessage());
  }

  @Test
  void itsMapsAreTold() {
    Container container = engine.start(mapped(Specs.run("sleep", "60")));
    Explanation told = engine.engine().containers().explain(container.id().hex());
    for (String line :
        List.of(
            "/uid_map, \"0 100000 65536\"",
            "/gid_map, \"0 100000 65536\"",
            "setfsuid(100000)",
            "mount --bind -o X-mount.idmap=/proc/",
            ", CLONE_NEWUSER) = 0")) {
      assertTrue(told.text().contains(line), line);
    }
    // What no shell can do is said, not left out.
    assertTrue(
        assertThrows(Unsupported.class, told::script).getMessage().contains("user namespace"));
  }
}
