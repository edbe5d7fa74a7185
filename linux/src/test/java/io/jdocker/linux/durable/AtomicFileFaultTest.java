package io.jdocker.linux.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.testing.fault.Effect;
import io.jdocker.linux.testing.fault.FaultPoint;
import io.jdocker.linux.testing.fault.FaultyFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fails, and whenever the process dies, a reader sees the old content or the new one. */
final class AtomicFileFaultTest {
  private static final List<String> STEPS =
      List.of("unlinkat", "openat", "write", "fsync", "renameat2");

  /** A process that dies does nothing more; here it throws what nobody catches. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final FaultPoint faults = new FaultPoint();
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void writeOld() {
    file = new FaultyFileSystem(faults).wrap(dir.resolve("state.json"));
    write("old");
  }

  private void write(String content) {
    AtomicFile.write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private String content() throws IOException {
    return Files.readString(dir.resolve("state.json"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void itIsWrittenInTheOrderThatSurvivesAPowerCut() {
    faults.arm(effect -> true, 0, FaultPoint.USUAL_ERROR);
    write("new");
    assertEquals(STEPS, faults.seen().stream().map(Effect::call).toList());
    assertEquals(
        List.of(
            dir + "/.state.json.tmp",
            dir + "/.state.json.tmp",
            dir + "/.state.json.tmp",
            dir + "/.state.json.tmp",
            dir + "/state.json"),
        faults.seen().stream().map(Effect::what).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "1, Input/output error",
    "2, No space left on device",
    "3, No space left on device",
    "4, Input/output error",
    "5, No space left on device"
  })
  void aFailedStepIsToldWithTheFilesNameAndNothingIsLeft(int step, String reason)
      throws IOException {
    faults.arm(effect -> true, step, FaultPoint.USUAL_ERROR);
    SystemFailure e = assertThrows(SystemFailure.class, () -> write("new"));
    assertEquals("cannot write " + dir + "/state.json: " + reason, e.getMessage());
    assertEquals("old", content());
    assertEquals(List.of("state.json"), names());
    write("new");
    assertEquals("new", content());
  }

  static IntStream steps() {
    return IntStream.rangeClosed(1, STEPS.size());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aDeathAtAStepLeavesTheOldContentAndTheNextWriteSucceeds(int step) throws IOException {
    faults.arm(
        effect -> true,
        step,
        (effect, usual) -> {
          throw new Death();
        });
    assertThrows(Death.class, () -> write("new"));
    faults.disarm();
    assertEquals("old", content());
    write("newer");
    assertEquals("newer", content());
    assertEquals(List.of("state.json"), names());
  }

  @Test
  void aFailureToCleanUpIsToldBesideTheFirstOne() {
    faults.arm(
        effect -> effect.call().equals("write"),
        1,
        (effect, usual) -> {
          // From now on the disk takes nothing back, either.
          faults.arm(later -> later.call().equals("unlinkat"), 1, FaultPoint.USUAL_ERROR);
          return Errno.EDQUOT;
        });
    SystemFailure e = assertThrows(SystemFailure.class, () -> write("new"));
    assertEquals(1, e.getCause().getSuppressed().length);
  }

  @Test
  void onlyItsOwnerMayReadItAlsoWhereAnOldOneWasOpenToAll() throws IOException {
    Files.setPosixFilePermissions(
        dir.resolve("state.json"), PosixFilePermissions.fromString("rw-rw-rw-"));
    write("secret");
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("state.json"))));
  }

  @Test
  void aTemporaryFileThatSomebodyPlantedIsNotWrittenThrough() throws IOException {
    Path victim = Files.writeString(dir.resolve("victim"), "intact");
    Files.createSymbolicLink(dir.resolve(".state.json.tmp"), victim);
    write("new");
    assertEquals("intact", Files.readString(victim));
    assertEquals("new", content());
  }

  @Test
  void aFolderInItsPlaceIsAnError() throws IOException {
    Files.delete(dir.resolve("state.json"));
    Files.createDirectories(dir.resolve("state.json/inside"));
    assertThrows(SystemFailure.class, () -> write("new"));
    assertEquals(List.of("state.json"), names());
  }
}
