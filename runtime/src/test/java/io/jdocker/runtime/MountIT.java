package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.MountTraits.Origin;
import io.jdocker.runtime.spec.MountTraits.ReadOnlyReach;
import io.jdocker.runtime.spec.MountTraits.VolumeTraits;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What --mount, -v and --volumes-from ask for, seen from inside and from the host. */
final class MountIT {
  private static final String FOREVER = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

  private final MountCalls mounts = Kernel.load().mounts();
  private final Deque<Path> mounted = new ArrayDeque<>();
  @TempDir Path host;
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
    mounted.forEach(path -> mounts.unmount(path.toString(), MountCalls.MNT_DETACH));
  }

  /** A mount of the host below its folder {@code src}, which is one, too. */
  private Path hostMounts(long propagation) throws Exception {
    Path top = Files.createDirectory(host.resolve("src"));
    mount("tmpfs", top);
    mounts.mount(null, top.toString(), null, propagation, null);
    mount("tmpfs", Files.createDirectory(top.resolve("sub")));
    Files.writeString(top.resolve("sub/file"), "below");
    return top;
  }

  private void mount(String type, Path at) {
    mounts.mount(type, at.toString(), type, 0, null);
    mounted.push(at);
  }

  private static MountSpec bind(Path source, boolean readOnly, MountTraits traits) {
    return new MountSpec(MountSpec.Kind.BIND, source.toString(), "/mnt", readOnly, "", "", false)
        .withTraits(traits);
  }

  private static MountTraits traits(String propagation, boolean recursive, ReadOnlyReach reach) {
    return new MountTraits(
        Origin.MOUNT_FLAG, propagation, recursive, reach, VolumeTraits.standard());
  }

  private static MountSpec volume(String name, String target, VolumeTraits wishes) {
    return new MountSpec(MountSpec.Kind.VOLUME, name, target, false, "", "", false)
        .withTraits(MountTraits.standard().withVolume(wishes));
  }

  private static MountSpec volume(String name, String target) {
    return volume(name, target, VolumeTraits.standard());
  }

  /** How far it reaches, and what the container can write then. */
  @ParameterizedTest
  @CsvSource({
    "AS_FAR_AS_POSSIBLE, ro ro",
    "ALL,                ro ro",
    "TOP_ONLY,           ro rw",
  })
  void readOnlyReachesAsFarAsAsked(ReadOnlyReach reach, String expected) throws Exception {
    Path source = hostMounts(MountCalls.MS_PRIVATE);
    MountSpec mount = bind(source, true, traits("rprivate", true, reach));
    String script =
        "for f in /mnt/x /mnt/sub/x; do touch $f 2>/dev/null && echo rw || echo ro; done";
    assertEquals(
        expected,
        test.run(Specs.shell(script).mount(mount).spec()).stdout().strip().replace('\n', ' '));
  }

  @Test
  void aBindComesAloneWhenToldSo() throws Exception {
    Path source = hostMounts(MountCalls.MS_PRIVATE);
    MountTraits alone = traits("", false, ReadOnlyReach.AS_FAR_AS_POSSIBLE);
    assertEquals(
        "", test.run(Specs.shell("ls /mnt/sub").mount(bind(source, false, alone)).spec()).stdout());
    assertEquals(
        "file\n",
        test.run(
                Specs.shell("ls /mnt/sub")
                    .mount(bind(source, false, MountTraits.standard()))
                    .spec())
            .stdout());
  }

  /** What of the host's mounts is seen inside, and of the container's outside. */
  @ParameterizedTest
  @CsvSource({
    "'',       no, no",
    "rprivate, no, no",
    "rslave,   yes, no",
    "rshared,  yes, yes",
    "shared,   yes, yes",
  })
  void mountsPassAsAskedFor(String propagation, String inward, String outward) throws Exception {
    Path source = hostMounts(MountCalls.MS_SHARED);
    Files.createDirectory(source.resolve("in"));
    Files.createDirectory(source.resolve("out"));
    Container container =
        test.start(
            Specs.shell("mount -t tmpfs tmpfs /mnt/out && echo ready; " + FOREVER)
                .mount(
                    bind(
                        source, false, traits(propagation, true, ReadOnlyReach.AS_FAR_AS_POSSIBLE)))
                .security(privileged())
                .spec());
    test.awaitOutput(container, "ready");
    mount("tmpfs", source.resolve("in"));
    Files.createFile(source.resolve("in/late"));
    assertEquals(
        inward,
        test.exec(container, Specs.exec("sh", "-c", "[ -e /mnt/in/late ] && echo yes || echo no"))
            .stdout()
            .strip());
    String table = Files.readString(Path.of("/proc/thread-self/mountinfo"));
    assertEquals(outward, table.contains(" " + source + "/out ") ? "yes" : "no");
    if (outward.equals("yes")) {
      mounted.push(source.resolve("out"));
    }
  }

  private static SecuritySpec privileged() {
    SecuritySpec usual = SecuritySpec.standard();
    return new SecuritySpec(
        true,
        usual.readOnlyRoot(),
        usual.capAdd(),
        usual.capDrop(),
        usual.noNewPrivileges(),
        usual.seccomp());
  }

  @ParameterizedTest
  @CsvSource({"rshared, shared", "rslave, shared or slave"})
  void aSourceThatSharesNothingIsRefused(String propagation, String wanted) throws Exception {
    Path source = hostMounts(MountCalls.MS_PRIVATE);
    Container container =
        test.engine()
            .containers()
            .create(
                "",
                Specs.run("true")
                    .mount(
                        bind(
                            source,
                            false,
                            traits(propagation, true, ReadOnlyReach.AS_FAR_AS_POSSIBLE)))
                    .spec());
    EngineException e =
        assertThrows(
            InvalidArgument.class, () -> test.engine().containers().start(container.id().hex()));
    assertEquals(
        "path " + source + " is mounted on " + source + " but it is not a " + wanted + " mount",
        e.getMessage());
  }

  @Test
  void aVolumeStaysEmptyWhenToldSo() throws Exception {
    VolumeTraits noCopy = new VolumeTraits(true, "", Map.of(), "", Map.of());
    assertEquals(
        "",
        test.run(Specs.shell("ls /etc | grep passwd").mount(volume("vol", "/etc", noCopy)).spec())
            .stdout());
  }

  @Test
  void aVolumeIsMadeWithItsLabels() {
    VolumeTraits labelled = new VolumeTraits(false, "", Map.of("a", "1"), "local", Map.of());
    test.engine()
        .containers()
        .create("", Specs.run("true").mount(volume("vol", "/data", labelled)).spec());
    assertEquals(Map.of("a", "1"), test.engine().volumes().get("vol").labels());
  }

  private static VolumeTraits subpath(String path) {
    return new VolumeTraits(false, path, Map.of(), "", Map.of());
  }

  @Test
  void aPartOfAVolumeIsMounted() throws Exception {
    Path data = test.engine().volumes().create("vol", Map.of()).data();
    Files.createDirectories(data.resolve("a/b"));
    Files.writeString(data.resolve("a/b/file"), "deep");
    Files.writeString(data.resolve("one"), "single");
    assertEquals(
        "deepsingle",
        test.run(
                Specs.shell("cat /x/file /y")
                    .mount(volume("vol", "/x", subpath("a/b")))
                    .mount(volume("vol", "/y", subpath("one")))
                    .spec())
            .stdout());
  }

  /** CVE-2021-25741: a link that a container has put into the volume must not lead out of it. */
  @ParameterizedTest
  @CsvSource({"link", "link/passwd", "up/etc", "missing"})
  void cve202125741_aPartLeadsNowhereElse(String part) throws Exception {
    test.run(
        Specs.shell("ln -s /etc /data/link; ln -s ../../../../.. /data/up")
            .mount(volume("vol", "/data"))
            .spec());
    Container container =
        test.engine()
            .containers()
            .create("", Specs.run("true").mount(volume("vol", "/x", subpath(part))).spec());
    EngineException e =
        assertThrows(
            InvalidArgument.class, () -> test.engine().containers().start(container.id().hex()));
    Path data = test.engine().volumes().get("vol").data();
    assertTrue(
        e.getMessage().startsWith("cannot access path " + data.resolve(part) + ": "),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"/etc", "../other", "a/../../b"})
  void aPartIsARelativePathWithin(String part) {
    EngineException e =
        assertThrows(
            InvalidArgument.class,
            () ->
                test.engine()
                    .containers()
                    .create(
                        "", Specs.run("true").mount(volume("vol", "/x", subpath(part))).spec()));
    assertEquals(
        "invalid mount config for type \"volume\": subpath must be a relative path within the"
            + " volume",
        e.getMessage());
    assertTrue(test.engine().volumes().list().isEmpty());
  }

  @Test
  void aDriverThatIsNotThereIsNamed() {
    VolumeTraits other = new VolumeTraits(false, "", Map.of(), "convoy", Map.of());
    EngineException e =
        assertThrows(
            NotFound.class,
            () ->
                test.engine()
                    .containers()
                    .create("", Specs.run("true").mount(volume("vol", "/x", other)).spec()));
    assertEquals(
        "error looking up volume plugin convoy: plugin \"convoy\" not found", e.getMessage());
  }

  @Test
  void anotherContainersMountsComeAlong() throws Exception {
    Files.writeString(host.resolve("file"), "of the host");
    test.engine()
        .containers()
        .create(
            "donor",
            Specs.run("true")
                .bind(host.toString(), "/host", false)
                .mount(volume("", "/data"))
                .mount(volume("own", "/both"))
                .spec());
    Container heir =
        test.start(
            Specs.shell(
                    "cat /host/file; echo; echo heir > /data/x; echo mine > /both/x; " + FOREVER)
                .volumesFrom("donor")
                .mount(volume("other", "/both"))
                .spec());
    test.awaitOutput(heir, "of the host");
    String anonymous = source(heir, "/data");
    assertEquals("other", source(heir, "/both"), "one's own mount wins");
    assertEquals("own", source(test.engine().containers().get("donor"), "/both"));
    test.engine().containers().remove("donor", false, true);
    assertTrue(
        test.engine().volumes().find(anonymous).isPresent(), "the heir still uses the volume");
    test.engine().containers().remove(heir.id().hex(), true, true);
    assertTrue(test.engine().volumes().find(anonymous).isEmpty());
    assertEquals(
        List.of("other", "own"),
        test.engine().volumes().list().stream().map(volume -> volume.name()).toList());
  }

  private static String source(Container container, String target) {
    return container.record().spec().mounts().stream()
        .filter(mount -> mount.target().equals(target))
        .map(MountSpec::source)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatTmpfsAskedForStaysWithItsContainer() throws Exception {
    MountSpec flag = new MountSpec(MountSpec.Kind.TMPFS, "", "/flag", false, "", "", false);
    MountSpec mount =
        new MountSpec(MountSpec.Kind.TMPFS, "", "/mount", false, "", "", false)
            .withTraits(MountTraits.standard().withOrigin(Origin.MOUNT_FLAG));
    test.engine().containers().create("donor", Specs.run("true").mount(flag).mount(mount).spec());
    assertEquals(
        "/mount\n",
        test.run(
                Specs.shell("for f in /flag /mount; do [ -d $f ] && echo $f; done; true")
                    .volumesFrom("donor")
                    .spec())
            .stdout());
  }

  @ParameterizedTest
  @CsvSource({"donor, 0", "donor:rw, 0", "donor:ro, 1"})
  void theyAreReadOnlyWhenToldSo(String reference, int exitCode) throws Exception {
    test.engine()
        .containers()
        .create("donor", Specs.run("true").mount(volume("vol", "/data")).spec());
    assertEquals(
        exitCode, test.run(Specs.run("touch", "/data/x").volumesFrom(reference).spec()).exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody | No such container: nobody",
        "donor:no | invalid mode: no",
        ":ro | invalid name or ID supplied: \"\"",
      })
  void wrongDonorsAreRefused(String reference, String message) throws Exception {
    test.engine().containers().create("donor", Specs.run("true").spec());
    Footprint before = test.footprint();
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                test.engine()
                    .containers()
                    .create("", Specs.run("true").volumesFrom(reference).spec()));
    assertEquals(message, e.getMessage());
    assertEquals(before, test.footprint());
  }

  @Test
  void aReadOnlyTmpfsIsReadOnly() throws Exception {
    MountSpec tmpfs =
        new MountSpec(MountSpec.Kind.TMPFS, "", "/scratch", true, "", "size=64k", false);
    assertEquals(1, test.run(Specs.run("touch", "/scratch/x").mount(tmpfs).spec()).exitCode());
    assertFalse(Files.exists(Path.of("/scratch")));
  }
}
