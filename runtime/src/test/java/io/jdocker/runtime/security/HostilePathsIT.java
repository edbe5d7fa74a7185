package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.HostileImage;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.testing.TestEngine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images and volumes whose links lead where the engine mounts, makes or masks something. */
final class HostilePathsIT {
  /** Where a link of the host's would lead the engine to something that must not change. */
  private static final Path CORE_PATTERN = Path.of("/proc/sys/kernel/core_pattern");

  @TempDir Path outside;
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
    assertEquals(List.of(), names(outside));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private Outcome run(Specs specs, UnaryOperator<TarBuilder> content) throws Exception {
    HostileImage.importInto(test.engine().images(), "hostile", content);
    return test.run(specs.spec("hostile"));
  }

  /** The engine says no, and the container and the host are as before. */
  private void refused(String wording, UnaryOperator<TarBuilder> content) throws Exception {
    HostileImage.importInto(test.engine().images(), "hostile", content);
    Container container = test.engine().containers().create("", Specs.run("true").spec("hostile"));
    Footprint before = test.footprint();
    EngineException refused =
        assertThrows(
            EngineException.class, () -> test.engine().containers().start(container.id().hex()));
    assertTrue(refused.getMessage().contains(wording), refused.getMessage());
    assertEquals(Status.CREATED, container.state().status());
    // A start that failed leaves what create made, and the file for the keeper's status.
    Footprint after = test.footprint();
    assertEquals(before.found().get("mounts"), after.found().get("mounts"));
    assertEquals(before.found().get("control groups"), after.found().get("control groups"));
    assertEquals(before.found().get("keepers"), after.found().get("keepers"));
  }

  @Test
  void cve202531133MasksAreNotTakenFromTheImagesNullDevice() throws Exception {
    String before = Files.readString(CORE_PATTERN);
    Outcome outcome =
        run(
            Specs.shell(
                "stat -c %t:%T /dev/null /proc/interrupts; echo pwned >/proc/interrupts;"
                    + " cat /proc/sys/kernel/core_pattern"),
            tar -> tar.directory("dev", 0755).symlink("dev/null", CORE_PATTERN.toString()));
    assertEquals("1:3\n1:3\n" + before, outcome.stdout(), outcome.stderr());
    assertEquals(before, Files.readString(CORE_PATTERN));
  }

  /** As above, with a volume that ends up on /dev, after the engine has made its own. */
  @Test
  void cve202531133MasksAreNotTakenFromAVolumeOnDev() throws Exception {
    test.engine().volumes().create("devices", java.util.Map.of());
    Path devices = test.engine().volumes().get("devices").data();
    Files.createSymbolicLink(devices.resolve("null"), CORE_PATTERN);
    String before = Files.readString(CORE_PATTERN);
    Specs specs =
        Specs.shell("stat -c %t:%T /proc/interrupts; echo pwned >/proc/interrupts; ls /data")
            .mount(new MountSpec(MountSpec.Kind.VOLUME, "devices", "/data", false, "", "", false));
    Outcome outcome = run(specs, tar -> tar.directory("dev", 0755).symlink("data", "/dev"));
    assertEquals("1:3\nnull\n", outcome.stdout(), outcome.stderr());
    assertEquals(before, Files.readString(CORE_PATTERN));
  }

  @Test
  void cve202552565TheConsoleIsNotTakenFromTheImagesTerminals() throws Exception {
    Outcome outcome =
        run(
            Specs.shell("stat -c %t:%T /dev/console; stat -c %t:%T /dev/pts/0; readlink /dev/ptmx")
                .terminal(),
            tar ->
                tar.directory("dev", 0755)
                    .directory("dev/pts", 0755)
                    .symlink("dev/pts/0", CORE_PATTERN.toString())
                    .symlink("dev/console", CORE_PATTERN.toString())
                    .symlink("dev/ptmx", outside + "/ptmx"));
    assertEquals("88:0\r\n88:0\r\npts/ptmx\r\n", outcome.stdout());
  }

  @Test
  void cve202552565AFolderOfTerminalsThatIsALinkLeadsNowhere() throws Exception {
    Outcome outcome =
        run(
            Specs.shell("stat -c %t:%T /dev/console").terminal(),
            tar -> tar.directory("dev", 0755).symlink("dev/pts", outside.toString()));
    assertEquals("88:0\r\n", outcome.stdout());
  }

  /** And CVE-2019-19921, CVE-2019-16884, CVE-2023-27561: an image's own idea of /proc. */
  @Test
  void cve202552881AProcThatIsALinkIsRefused() throws Exception {
    refused("/proc", tar -> tar.directory("sham", 0755).symlink("proc", "/sham"));
    refused("/proc", tar -> tar.symlink("proc", outside.toString()));
  }

  @Test
  void cve202552881ASysThatIsALinkIsRefused() throws Exception {
    refused("/sys", tar -> tar.directory("sham", 0755).symlink("sys", "/sham"));
  }

  @Test
  void cve202552881AFileForProcIsRefused() throws Exception {
    refused("/proc", tar -> tar.file("proc", "no folder", 0644));
  }

  @Test
  void cve202323628AVolumeThatLandsOnProcLiesBelowTheTrueOne() throws Exception {
    for (String target : List.of("/proc", "/proc/self", "/x/../proc", "//proc/sys/")) {
      MountSpec mount =
          new MountSpec(MountSpec.Kind.VOLUME, "volume", target, false, "", "", false);
      InvalidArgument refused =
          assertThrows(
              InvalidArgument.class,
              () -> test.engine().containers().create("", Specs.run("true").mount(mount).spec()));
      assertTrue(refused.getMessage().contains("inside /proc"), refused.getMessage());
    }
    MountSpec mount = new MountSpec(MountSpec.Kind.VOLUME, "volume", "/x", false, "", "", false);
    Outcome outcome =
        run(
            Specs.shell("readlink /proc/self/exe; echo 1 >/proc/sys/kernel/core_pattern")
                .mount(mount),
            tar -> tar.directory("proc", 0755).symlink("x", "/proc"));
    assertEquals("/bin/busybox\n", outcome.stdout(), outcome.stderr());
    assertTrue(
        outcome.stderr().toLowerCase(java.util.Locale.ROOT).contains("read-only file system"),
        outcome.stderr());
  }

  /** And CVE-2026-47766. */
  @Test
  void cve202641579ADevThatIsALinkIsRefused() throws Exception {
    refused("/dev", tar -> tar.symlink("dev", outside.toString()));
    refused("/dev", tar -> tar.directory("real", 0755).symlink("dev", "real"));
  }

  @Test
  void cve202445310TargetsAreMadeInsideTheRoot() throws Exception {
    Specs specs = Specs.shell("ls /link; ls /tmp").bind("/etc/passwd", "/link/sub/file", true);
    Outcome outcome =
        run(
            specs.bind("/etc/passwd", "/up/made/file", true),
            tar -> {
              String folder = "";
              for (Path name : outside) {
                folder += name + "/";
                tar.directory(folder, 0755);
              }
              return tar.symlink("link", outside.toString()).symlink("up", "../../../../tmp");
            });
    assertTrue(outcome.stdout().contains("sub\n"), outcome.toString());
    assertTrue(outcome.stdout().contains("made\n"), outcome.toString());
    assertFalse(Files.exists(Path.of("/tmp/made")));
  }

  @Test
  void cve202445310ALinkToWhereTheImageHasNothingIsRefused() throws Exception {
    HostileImage.importInto(
        test.engine().images(), "hostile", tar -> tar.symlink("link", outside.toString()));
    for (Specs specs :
        List.of(
            Specs.run("true").bind("/etc/passwd", "/link/sub/file", true),
            Specs.run("true").workingDirectory("/link/sub"))) {
      Container container = test.engine().containers().create("", specs.spec("hostile"));
      EngineException refused =
          assertThrows(
              EngineException.class, () -> test.engine().containers().start(container.id().hex()));
      assertTrue(refused.getMessage().contains("/link/sub"), refused.getMessage());
    }
  }

  /** Two containers on one volume: one swaps a folder for a link, the other's mounts lie below. */
  @Test
  void cve202130465NothingIsMountedOutsideWhileALinkIsSwapped() throws Exception {
    race(60);
  }

  @Test
  @Tag("nightly")
  @Timeout(600)
  void cve202130465NothingIsMountedOutsideInFiveHundredRounds() throws Exception {
    race(500);
  }

  private void race(int rounds) throws Exception {
    test.engine().volumes().create("shared", java.util.Map.of());
    MountSpec shared =
        new MountSpec(MountSpec.Kind.VOLUME, "shared", "/shared", false, "", "", false);
    Path inner = Files.createDirectory(outside.resolve("inner"));
    try {
      Container swapper =
          test.start(
              Specs.shell(
                      """
                      cd /shared; mkdir a; echo ready
                      while :; do ln -s %s b; mv -T b c 2>/dev/null; mv -T a d; mv -T c a
                        mv -T a c; mv -T d a; rm -f b c; done
                      """
                          .formatted(outside))
                  .mount(shared)
                  .spec());
      test.awaitOutput(swapper, "ready");
      List<String> before = mounts();
      for (int i = 0; i < rounds; i++) {
        attempt(
            Specs.run("true")
                .mount(shared)
                .bind(inner.toString(), "/shared/a/target", false)
                .bind("/etc/hostname", "/shared/a/file", true));
      }
      assertEquals(before, mounts());
      assertEquals(List.of(inner.toString()), names(outside));
      assertEquals(List.of(), names(inner));
    } finally {
      Files.delete(inner);
    }
  }

  /** Of the host, on or of anything of this test's. */
  private List<String> mounts() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .filter(l -> l.contains(outside.toString()) || l.contains(test.root().toString()))
          .toList();
    }
  }

  /** It may fail, where the link leads nowhere at that moment. */
  private void attempt(Specs specs) throws Exception {
    Container container = test.engine().containers().create("", specs.spec());
    try {
      test.engine().containers().start(container.id().hex());
      test.awaitExit(container.id().hex());
    } catch (EngineException e) {
      assertTrue(e.getMessage().contains("unable to start container process"), e.getMessage());
    }
    test.engine().containers().remove(container.id().hex(), true, true);
  }
}
