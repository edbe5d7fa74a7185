package io.jdocker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/jdocker-prepare}, with a java that writes the files it is asked for. */
class PrepareScriptTest {
  private static final String JAVA =
      """
      #!/bin/sh
      echo "$*" >>"$0.calls"
      for word; do
        case $word in
          -XX:DumpLoadedClassList=*) echo io/jdocker/cli/Main >"${word#*=}" ;;
          -XX:SharedArchiveFile=*) printf archive >"${word#*=}" ;;
        esac
      done
      [ ! -e "$0.fails" ]
      """;

  @TempDir Path directory;
  private Path java;
  private Path jar;
  private Path cache;

  @BeforeEach
  void layOut() throws IOException {
    Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
    java = Files.writeString(bin.resolve("java"), JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    jar = Files.writeString(directory.resolve("jdocker.jar"), "jar");
    Files.setLastModifiedTime(jar, ago(Duration.ofHours(1)));
    cache = Files.createDirectory(directory.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static FileTime ago(Duration duration) {
    return FileTime.from(Instant.now().minus(duration));
  }

  private int prepare() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", Path.of("..", "scripts", "jdocker-prepare").toString());
    builder.environment().put("JDOCKER_JAVA", java.toString());
    builder.environment().put("JDOCKER_JAR", jar.toString());
    builder.environment().put("JDOCKER_CACHE", cache.toString());
    builder.environment().put("JDOCKER_RELEASE", "17-x");
    builder.environment().put("JDOCKER_FEATURE", "17");
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("said").toFile());
    Process process = builder.start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    return process.exitValue();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private long calls() throws IOException {
    Path calls = Path.of(java + ".calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void makesTheCommandsArchiveOnce() throws IOException, InterruptedException {
    assertEquals(0, prepare());
    assertEquals("archive", Files.readString(cache.resolve("cli-17-x.jsa")));
    assertEquals(List.of("cli-17-x.jsa"), files(), "nothing half made is left");
    long calls = calls();
    assertEquals(0, prepare());
    assertEquals(calls, calls(), "what is there is not made again");
  }

  @Test
  void makesTheDaemonsArchiveFromTheListItWrote() throws IOException, InterruptedException {
    Files.writeString(
        cache.resolve("daemon-17-x.list"),
        "# comment\njava/lang/Object id: 0\nx/Generated source: /tmp/y id: 3\njava/lang/Object\n");
    prepare();
    assertEquals(List.of("cli-17-x.jsa", "daemon-17-x.jsa", "daemon-17-x.list"), files());
  }

  @Test
  void aNewJarGetsANewArchive() throws IOException, InterruptedException {
    Files.writeString(cache.resolve("cli-17-x.jsa"), "old");
    Files.setLastModifiedTime(cache.resolve("cli-17-x.jsa"), ago(Duration.ofHours(2)));
    prepare();
    assertEquals("archive", Files.readString(cache.resolve("cli-17-x.jsa")));
  }

  @Test
  void aFailureIsRememberedAndLeavesNoArchive() throws IOException, InterruptedException {
    Files.createFile(Path.of(java + ".fails"));
    prepare();
    assertEquals(List.of("failed-17-x"), files());
    long calls = calls();
    prepare();
    assertEquals(calls, calls(), "it is not tried at every command");
    Files.setLastModifiedTime(cache.resolve("failed-17-x"), ago(Duration.ofHours(2)));
    Files.delete(Path.of(java + ".fails"));
    prepare();
    assertTrue(files().contains("cli-17-x.jsa"), "a newer jar is tried again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwxr-x", "rwxr-xrwx"})
  void aFolderThatOthersMayWriteToIsNotTrusted(String mode)
      throws IOException, InterruptedException {
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(mode));
    assertEquals(0, prepare());
    assertEquals(List.of(), files());
    assertEquals(0, calls());
  }

  @Test
  void aLinkIsNotFollowed() throws IOException, InterruptedException {
    Path real = Files.move(cache, directory.resolve("elsewhere"));
    Files.createSymbolicLink(cache, real);
    assertEquals(0, prepare());
    assertEquals(List.of(), files());
  }

  @Test
  void aFileInTheWayIsNoFailureOfTheCommand() throws IOException, InterruptedException {
    Files.delete(cache);
    Files.writeString(cache, "in the way");
    assertEquals(0, prepare());
    assertEquals("in the way", Files.readString(cache));
  }

  @Test
  void anotherThatIsAtItIsLeftAlone() throws IOException, InterruptedException {
    Path lock = Files.createDirectory(cache.resolve("prepare.lock"));
    assertEquals(0, prepare());
    assertEquals(List.of("prepare.lock"), files());
    Files.setLastModifiedTime(lock, ago(Duration.ofMinutes(10)));
    prepare();
    assertEquals(List.of("cli-17-x.jsa"), files(), "the lock of a killed one is taken away");
  }

  @Test
  void aJarByARelativePathIsRefused() throws IOException, InterruptedException {
    jar = Path.of("jdocker.jar");
    assertFalse(prepare() == 0);
    assertEquals(List.of(), files());
  }
}
