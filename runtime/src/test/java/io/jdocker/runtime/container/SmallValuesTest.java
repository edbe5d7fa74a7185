package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.VolumeMount;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, tmpfs options, conditions and states. */
final class SmallValuesTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "'', /",
    "/a, /a",
    "/a/, /a",
    "//a///b, /a/b",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/.., /",
    "/../../a, /a",
    "/a/.., /",
    "a/b, /a/b",
    "/a/..b, /a/..b",
    "/..., /..."
  })
  void aContainersPathNeverLeadsAboveItsRoot(String path, String clean) {
    assertEquals(clean, ContainerPath.clean(path));
  }

  /** MS_NOSUID 2, MS_NODEV 4, MS_NOEXEC 8, MS_RDONLY 1. */
  @ParameterizedTest
  @CsvSource({
    "'', 14, ''",
    "rw, 14, ''",
    "ro, 15, ''",
    "exec, 6, ''",
    "'exec,suid,dev', 0, ''",
    "'size=64m,mode=1777', 14, 'size=64m,mode=1777'",
    "'ro,rw', 14, ''",
    "'exec,noexec', 14, ''",
    "'uid=1,gid=2,nr_inodes=3,nr_blocks=4', 14, 'uid=1,gid=2,nr_inodes=3,nr_blocks=4'"
  })
  void tmpfsIsWithoutDevicesAndProgramsUnlessAsked(String options, long flags, String data) {
    assertEquals(
        new VolumeMount.FileSystem("tmpfs", "/run", flags, data),
        TmpfsOptions.parse("/run", options, false));
  }

  /** An option passed on blindly could name another file system's, as an overlay's lowerdir. */
  @ParameterizedTest
  @ValueSource(strings = {"foo", "lowerdir=/etc", "size", "size=", "=1", "RO", "remount", " ro"})
  void anOptionTmpfsDoesNotHaveIsRefused(String option) {
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class, () -> TmpfsOptions.parse("/run", "ro," + option, false));
    assertEquals("invalid tmpfs option \"" + option + "\"", e.getMessage());
  }

  @Test
  void aConditionIsTheApisWordOrTheDefault() {
    assertEquals(WaitCondition.NOT_RUNNING, WaitCondition.parse(""));
    assertEquals(WaitCondition.NOT_RUNNING, WaitCondition.parse("not-running"));
    assertEquals(WaitCondition.NEXT_EXIT, WaitCondition.parse("next-exit"));
    assertEquals(WaitCondition.REMOVED, WaitCondition.parse("removed"));
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> WaitCondition.parse("healthy"));
    assertEquals("invalid condition: \"healthy\"", e.getMessage());
  }

  @Test
  void aStateGoesFromCreatedThroughRunningToExited() {
    Instant begin = Instant.ofEpochSecond(10);
    Instant end = Instant.ofEpochSecond(20);
    ContainerState created = ContainerState.created();
    assertEquals(Instant.parse("0001-01-01T00:00:00Z"), created.startedAt());
    ContainerState running = created.running(5, 6, begin);
    assertEquals(
        new ContainerState(
            Status.RUNNING, 5, 6, 0, "", false, begin, ContainerState.NEVER, Optional.empty()),
        running);
    assertEquals(
        new ContainerState(Status.EXITED, 0, 0, 137, "", true, begin, end, Optional.empty()),
        running.exited(137, true, end));
  }

  @Test
  void aFailedStartLeavesItWhatItWasWithTheReasonAndTheNextStartForgetsIt() {
    ContainerState failed = ContainerState.created().failedToStart(127, "not found");
    assertEquals(Status.CREATED, failed.status());
    assertEquals(127, failed.exitCode());
    assertEquals("not found", failed.error());
    ContainerState running = failed.running(1, 2, Instant.EPOCH);
    assertEquals("", running.error());
    assertEquals(0, running.exitCode());
  }

  @Test
  void onlyWhatHasEndedOrNeverBegunCanStart() {
    for (Status status : Status.values()) {
      assertEquals(status == Status.CREATED || status == Status.EXITED, status.canStart());
      assertEquals(status == Status.RUNNING || status == Status.PAUSED, status.isAlive());
    }
    assertEquals("running", Status.RUNNING.apiName());
    assertFalse(ContainerState.created().removing().status().isAlive());
  }

  @Test
  void aWaiterForTheNextExitIsToldOnceAndTheNextWaitsAnew() {
    Container container = Records.container("ab", "web");
    var first = container.nextExit();
    container.ended(3);
    assertEquals(3, first.join());
    assertFalse(container.nextExit().isDone());
    assertTrue(container.run().isEmpty());
    assertFalse(container.removal().isDone());
  }
}
