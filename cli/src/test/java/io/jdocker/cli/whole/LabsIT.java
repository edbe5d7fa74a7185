package io.jdocker.cli.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every lab of scripts/labs comes out, and leaves nothing; also one that fails halfway. */
class LabsIT {
  private static final Path LABS = Path.of("../scripts/labs").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private record Result(int status, String output) {}

  private Result run(Path lab) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder("timeout", "300", lab.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JDOCKER", command().toString());
    int status = builder.start().waitFor();
    return new Result(status, Files.readString(log, StandardCharsets.UTF_8));
  }

  /** jdocker as it was just compiled. */
  private Path command() throws IOException {
    Path command = folder.resolve("jdocker");
    Files.writeString(
        command,
        "#!/bin/sh\nexec "
            + System.getProperty("java.home")
            + "/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
            + System.getProperty("java.class.path")
            + "' io.jdocker.cli.Main \"$@\"\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    return command;
  }

  /** A lab's namespaces are called jlPID-NAME: none is left. */
  private static void assertLeavesNothing(Result result) throws IOException {
    Path names = Path.of("/run/netns");
    String prefix =
        result.output().lines().filter(l -> l.startsWith("tag ")).findFirst().orElse("tag none");
    if (Files.isDirectory(names)) {
      try (var all = Files.list(names)) {
        assertTrue(
            all.noneMatch(n -> n.getFileName().toString().startsWith(prefix.substring(4) + "-")),
            result.output());
      }
    }
  }

  @Test
  void theWayIntoAContainerByHandAndByJdocker() throws Exception {
    Result result = run(LABS.resolve("none-mode"));
    assertEquals(0, result.status(), result.output());
    assertLeavesNothing(result);
  }

  @Tag("nightly")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bridge",
        "port-mapping",
        "host-mode",
        "link",
        "container-mode",
        "macvlan",
        "ipvlan",
        "host-device",
        "overlay",
      })
  void everyOther(String lab) throws Exception {
    Result result = run(LABS.resolve(lab));
    assertEquals(0, result.status(), result.output());
    assertLeavesNothing(result);
  }

  @Test
  void aLabThatFailsHalfwayCleansUpAndSaysSo() throws Exception {
    Path stage = LABS.resolve("stage");
    Path lab = folder.resolve("broken");
    Files.writeString(
        lab,
        "#!/bin/sh\n. "
            + stage
            + "\nnamespace $tag-c\nfact hand 'one thing' yes\nfact jdocker 'one thing' no\nsame\n"
            + "false\necho not reached\n");
    Files.setPosixFilePermissions(lab, PosixFilePermissions.fromString("rwxr-xr-x"));
    Result result = run(lab);
    assertEquals(1, result.status(), result.output());
    assertTrue(!result.output().contains("not reached"), result.output());
    assertTrue(result.output().contains("-one thing: yes"), result.output());
    assertLeavesNothing(result);
  }
}
