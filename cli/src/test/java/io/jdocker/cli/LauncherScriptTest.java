package io.jdocker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/jdocker}, with a java that prints its arguments. */
class LauncherScriptTest {
  private record Ran(int code, String out, String err) {}

  @TempDir Path directory;
  private Path home;
  private Path script;
  private Path cache;

  @BeforeEach
  void layOut() throws IOException {
    Path scripts = Files.createDirectories(directory.resolve("jd/scripts"));
    script = scripts.resolve("jdocker");
    Files.copy(Path.of("..", "scripts", "jdocker"), script);
    Files.createDirectories(directory.resolve("jd/cli/target"));
    Files.writeString(directory.resolve("jd/cli/target/jdocker.jar"), "jar");
    cache = Files.createDirectories(directory.resolve("cache"));
    home = java("17.0.15");
  }

  private Path java(String version) throws IOException {
    Path jdk = directory.resolve("jdk-" + version);
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nfor a; do printf '%s\\n' \"$a\"; done\nexit 42\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private Ran run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add("sh");
    command.add(script.toString());
    command.addAll(java.util.List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("JDOCKER_CACHE", cache.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    return new Ran(process.exitValue(), out, err);
  }

  private Ran runWithHome(String... words) throws IOException, InterruptedException {
    return run(Map.of("JAVA_HOME", home.toString()), words);
  }

  @Test
  void passesWordsAndExitCodeOn() throws IOException, InterruptedException {
    Ran ran = runWithHome("run", "a b", "", "$x");
    assertEquals(42, ran.code());
    String jar = directory + "/jd/cli/target/jdocker.jar";
    assertTrue(
        ran.out().endsWith("-cp\n" + jar + "\nio.jdocker.cli.Main\nrun\na b\n\n$x\n"), ran.out());
    assertTrue(ran.out().contains("-XX:+UseG1GC\n"), ran.out());
  }

  @Test
  void newerJavaGetsTheSerialCollector() throws IOException, InterruptedException {
    home = java("25.0.3");
    Ran ran = runWithHome("ps");
    assertTrue(ran.out().contains("-XX:+UseSerialGC\n"), ran.out());
    assertTrue(ran.out().contains("--enable-native-access=ALL-UNNAMED\n"), ran.out());
  }

  @Test
  void findsJavaOnThePath() throws IOException, InterruptedException {
    Ran ran = run(Map.of("PATH", home + "/bin:" + System.getenv("PATH")), "ps");
    assertEquals(42, ran.code());
  }

  @Test
  void refusesAnOldJava() throws IOException, InterruptedException {
    home = java("11.0.2");
    Ran ran = runWithHome("ps");
    assertEquals(
        new Ran(
            125,
            "",
            "jdocker: java 11.0.2 is too old: jdocker needs 17 or newer (set JAVA_HOME)\n"),
        ran);
  }

  @Test
  void saysWhatIsMissing() throws IOException, InterruptedException {
    assertTrue(
        run(Map.of("JAVA_HOME", "/nope"), "ps").err().contains("/nope/bin/java cannot be run"));
    assertTrue(run(Map.of("PATH", "/nope"), "ps").err().contains("no java found"));
    Files.delete(directory.resolve("jd/cli/target/jdocker.jar"));
    Ran ran = runWithHome("ps");
    assertEquals(125, ran.code());
    assertTrue(ran.err().contains("jdocker.jar is missing"), ran.err());
  }

  @Test
  void usesAnArchiveOnlyWhenItIsNewerThanTheJar() throws IOException, InterruptedException {
    assertFalse(runWithHome("ps").out().contains("SharedArchiveFile"));
    String key = (directory + "/jd/cli/target/").substring(1).replace('/', '+');
    Path archive = cache.resolve("cli-17.0.15-+" + key + ".jsa");
    Files.writeString(archive, "archive");
    Path jar = directory.resolve("jd/cli/target/jdocker.jar");
    Files.setLastModifiedTime(jar, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
    assertTrue(
        runWithHome("ps").out().contains("-XX:SharedArchiveFile=" + archive + "\n"),
        runWithHome("ps").out());
    Files.setLastModifiedTime(archive, java.nio.file.attribute.FileTime.fromMillis(1));
    assertFalse(runWithHome("ps").out().contains("SharedArchiveFile"));
  }

  @Test
  void worksThroughALink() throws IOException, InterruptedException {
    script = Files.createSymbolicLink(directory.resolve("link"), script);
    Ran ran = runWithHome("ps");
    assertEquals(42, ran.code());
    assertTrue(ran.out().contains("\n" + directory + "/jd/cli/target/jdocker.jar\n"), ran.out());
  }
}
