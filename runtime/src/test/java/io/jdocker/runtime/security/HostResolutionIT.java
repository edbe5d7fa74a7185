package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.HostileImage;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and links of images and users that the engine must not resolve as the host's. */
final class HostResolutionIT {
  @TempDir Path outside;
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
    Files.writeString(outside.resolve("secret"), "of the host");
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private static MountSpec volume(String target) {
    return new MountSpec(MountSpec.Kind.VOLUME, "vol", target, false, "", "", false);
  }

  private Container create(String target, UnaryOperator<TarBuilder> content) throws Exception {
    HostileImage.importInto(test.engine().images(), "hostile", content);
    return test.engine()
        .containers()
        .create("", Specs.run("true").mount(volume(target)).spec("hostile"));
  }

  private List<String> copied() throws Exception {
    try (Stream<Path> files = Files.walk(test.engine().volumes().get("vol").data())) {
      return files.skip(1).map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The copy to a new volume is done by the engine, as root: it must stay in the image. */
  @ParameterizedTest
  @ValueSource(strings = {"/data", "/data/", "/way/data", "/data/../data"})
  void cve201815664CopiesToAVolumeAreTakenFromTheImageAlone(String target) throws Exception {
    create(
        target,
        tar -> tar.symlink("data", outside.toString()).symlink("way", "../../../../../../.."));
    assertEquals(List.of(), copied());
  }

  @Test
  void cve201815664ALinkOfTheImageLeadsInsideTheImage() throws Exception {
    create(
        "/data",
        tar ->
            tar.symlink("data", "/inside").directory("inside", 0755).file("inside/f", "x", 0644));
    assertEquals(List.of("f"), copied());
  }

  @Test
  void cve201910152LinksAreCopiedAsLinks() throws Exception {
    create(
        "/data",
        tar ->
            tar.directory("data", 0755)
                .symlink("data/absolute", outside + "/secret")
                .symlink("data/folder", outside.toString())
                .symlink("data/self", "/proc/self/environ"));
    assertEquals(List.of("absolute", "folder", "self"), copied());
    Path data = test.engine().volumes().get("vol").data();
    assertTrue(Files.isSymbolicLink(data.resolve("absolute")));
    assertEquals(outside, Files.readSymbolicLink(data.resolve("folder")));
  }

  @Test
  void cve20230778AContainerCannotHaveTheVolumesFolderSwapped() throws Exception {
    Container container = create("/data", tar -> tar.directory("data", 0755));
    test.engine().containers().remove(container.id().hex(), true, false);
    test.run(
        Specs.shell("ln -s " + outside + " /data/link; mkdir /data/sub")
            .mount(volume("/data"))
            .spec());
    create("/data/link", tar -> tar.directory("data", 0755));
    assertEquals("of the host", Files.readString(outside.resolve("secret")));
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(1, files.count());
    }
  }

  /** glibc would load libnss_*.so of the image into the engine, which is root. */
  @Test
  void cve201914271NothingOfTheImageIsLoadedToFindItsUser() throws Exception {
    HostileImage.importInto(
        test.engine().images(),
        "hostile",
        tar ->
            tar.directory("etc", 0755)
                .file("etc/nsswitch.conf", "passwd: evil\ngroup: evil\nhosts: evil\n", 0644)
                .file("etc/passwd", "root:x:0:0::/:/bin/sh\nuser:x:7:8::/:/bin/sh\n", 0644)
                .file("etc/group", "root:x:0:\nstaff:x:9:\n", 0644)
                .directory("lib", 0755)
                .file("lib/libnss_evil.so.2", "not even an ELF", 0755)
                .file("lib/libnss_files.so.2", "not even an ELF", 0755));
    assertEquals(
        "uid=7(user) gid=9(staff)",
        test.run(Specs.run("id").user("user:staff").spec("hostile"))
            .stdout()
            .strip()
            .replaceAll(" groups=.*", ""));
    Container container = test.start(Specs.run("sleep", "1000").spec("hostile"));
    assertEquals("7\n", test.exec(container, Specs.execAs("user", "id", "-u")).stdout());
    String loaded = Files.readString(Path.of("/proc/self/maps"));
    assertFalse(loaded.contains("libnss_evil"), "a library of the image is in the engine");
    assertFalse(loaded.contains(test.root() + "/snapshots"), "so is another file of it");
    assertFalse(loaded.contains(test.root() + "/images"), "so is a file of a layer");
  }

  /** A container's name, and whatever else becomes a path, stays a name. */
  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "a/../b", "/x/y", ".hidden", "-x", "a b"})
  void names23AContainersNameIsNoPath(String name) throws Exception {
    Footprint before = test.footprint();
    assertThrows(
        EngineException.class,
        () -> test.engine().containers().create(name, Specs.run("true").spec()));
    assertEquals(before, test.footprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../vol", "a/b", ".", "-v", "a\nb", "a:b", "~"})
  void names23AVolumesNameIsNoPath(String name) throws Exception {
    Footprint before = test.footprint();
    assertThrows(InvalidArgument.class, () -> test.engine().volumes().create(name, Map.of()));
    assertThrows(
        EngineException.class,
        () ->
            test.engine()
                .containers()
                .create(
                    "",
                    Specs.run("true")
                        .mount(
                            new MountSpec(MountSpec.Kind.VOLUME, name, "/x", false, "", "", false))
                        .spec()));
    assertEquals(before, test.footprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "..", "a/../../x"})
  void names23AContainerIsFoundByIdAndNameAlone(String reference) {
    assertThrows(EngineException.class, () -> test.engine().containers().get(reference));
    assertThrows(
        EngineException.class, () -> test.engine().containers().remove(reference, true, true));
  }

  /** Nobody but root may look through the engine's folders for what belongs to containers. */
  @Test
  void cve202141091NoUserLooksIntoTheEnginesFolders() throws Exception {
    Container container = test.start(Specs.run("sleep", "1000").mount(volume("/data")).spec());
    assertModes(test.root(), "rwx--x--x");
    assertModes(test.engine().containers().folder(container), "rwx------");
    assertModes(test.root().resolve("volumes"), "rwx--x--x");
    assertModes(test.root().resolve("volumes/vol"), "rwx--x---");
    assertModes(test.root().resolve("rootfs"), "rwx------");
    assertModes(test.root().resolve("containers"), "rwx------");
    for (String folder : List.of("snapshots", "images")) {
      String others = mode(test.root().resolve(folder)).substring(6).replace('x', '-');
      assertEquals("---", others, folder + " is open to others");
    }
  }

  private static void assertModes(Path path, String expected) throws Exception {
    String found = mode(path);
    // On a folder that TestEngine made before the engine came, there may be less.
    assertTrue(found.equals(expected) || found.equals("rwx------"), path + " has " + found);
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  /** A container with the host's network sees every abstract socket of the host. */
  @Test
  void cve202015257TheEngineHasNoAbstractSocket() throws Exception {
    Container container =
        test.start(Specs.run("sleep", "1000").networking(NetworkingSpec.standard("host")).spec());
    assertEquals(
        "",
        test.exec(
                container,
                Specs.exec("sh", "-c", "grep -i '@.*\\(jdocker\\|keeper\\)' /proc/net/unix"))
            .stdout());
  }
}
