package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals, pidfds and descriptors of another process: a sleep that each test starts. */
final class ProcessCallsTest {
  private static final int SIGTERM = 15;
  private static final int SIGKILL = 9;
  private static final int EXISTS = 0;

  /** Past the largest pid that Linux gives (PID_MAX_LIMIT). */
  private static final int NOBODY = 0x400001;

  private final Kernel kernel = Kernel.load();
  private final ProcessCalls processes = kernel.processes();
  private Process sleep;
  private Fd pidfd;

  @BeforeEach
  void start() throws IOException {
    sleep = new ProcessBuilder("sleep", "1000").start();
    pidfd = processes.openPidfd((int) sleep.pid()).orElseThrow();
  }

  @AfterEach
  void end() throws InterruptedException {
    sleep.destroyForcibly().waitFor();
    pidfd.close();
  }

  private int exitStatus() throws InterruptedException {
    assertTrue(sleep.waitFor(10, TimeUnit.SECONDS), "it has not ended");
    return sleep.exitValue();
  }

  @Test
  void aSignalByPidArrives() throws InterruptedException {
    assertTrue(processes.kill((int) sleep.pid(), SIGTERM));
    assertEquals(128 + SIGTERM, exitStatus());
  }

  @Test
  void aSignalByPidfdArrives() throws InterruptedException {
    assertTrue(processes.signal(pidfd, SIGTERM));
    assertEquals(128 + SIGTERM, exitStatus());
  }

  @Test
  void whoeverHasEndedGetsNoSignalAndThatIsNoError() throws InterruptedException {
    processes.signal(pidfd, SIGKILL);
    exitStatus();
    assertFalse(processes.signal(pidfd, SIGTERM));
    assertFalse(processes.kill((int) sleep.pid(), EXISTS));
    assertEquals(Optional.empty(), processes.openPidfd((int) sleep.pid()));
  }

  @Test
  void nobodyIsNoError() {
    assertFalse(processes.kill(NOBODY, EXISTS));
    assertEquals(Optional.empty(), processes.openPidfd(NOBODY));
  }

  @ParameterizedTest
  @ValueSource(ints = {65, -1, 1000})
  void aSignalThatThereIsNotIsRefusedByName(int signal) {
    SyscallException byPid =
        assertThrows(SyscallException.class, () -> processes.kill((int) sleep.pid(), signal));
    assertEquals(
        "kill(" + sleep.pid() + ", " + signal + "): EINVAL (Invalid argument)", byPid.getMessage());
    SyscallException byPidfd =
        assertThrows(SyscallException.class, () -> processes.signal(pidfd, signal));
    assertEquals(
        "pidfd_send_signal(" + pidfd + ", " + signal + "): EINVAL (Invalid argument)",
        byPidfd.getMessage());
    assertTrue(sleep.isAlive());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aPidThatCannotBeIsRefused(int pid) {
    SyscallException e = assertThrows(SyscallException.class, () -> processes.openPidfd(pid));
    assertEquals("pidfd_open(" + pid + "): EINVAL (Invalid argument)", e.getMessage());
  }

  @Test
  void aPidfdIsClosedOnExec() throws IOException {
    assertEquals("02000002", flags(pidfd));
  }

  private static String flags(Fd fd) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd.number())).stream()
        .filter(line -> line.startsWith("flags:"))
        .map(line -> line.substring("flags:".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDescriptorOfAnotherProcessIsTheSameFile() {
    try (Fd taken = processes.takeFd(pidfd, 1).orElseThrow()) {
      FileStatus here = kernel.files().status(taken);
      FileStatus there =
          kernel.files().status(FileCalls.AT_FDCWD, "/proc/" + sleep.pid() + "/fd/1", 0);
      assertEquals(there.inode(), here.inode());
      assertEquals(FileStatus.S_IFIFO, here.type());
    }
  }

  @Test
  void aDescriptorThatItHasNotIsEmpty() {
    assertEquals(Optional.empty(), processes.takeFd(pidfd, 77));
  }

  @Test
  void aProcessThatHasEndedHasNoDescriptors() throws InterruptedException {
    processes.signal(pidfd, SIGKILL);
    exitStatus();
    assertEquals(Optional.empty(), processes.takeFd(pidfd, 1));
  }

  @Test
  void onlyAPidfdHasDescriptorsToTake() {
    try (Fd nothing = kernel.files().open("/dev/null", OpenFlags.O_RDONLY, 0)) {
      // As of one that has gone: pidfd_getfd(2) answers EBADF for both.
      assertEquals(Optional.empty(), processes.takeFd(nothing, 0));
    }
  }

  @Test
  void killAndReapOfSomebodyElsesChildEndsIt() throws InterruptedException {
    int shell = (int) sleep.pid();
    processes.killAndReap(pidfd);
    assertFalse(processes.kill(shell, EXISTS) && sleep.isAlive());
    assertTrue(sleep.waitFor(10, TimeUnit.SECONDS));
  }

  @Test
  void killAndReapByPidEndsAChildAndKnowsOneThatIsReaped() throws InterruptedException {
    int child = (int) sleep.pid();
    processes.killAndReap(child);
    assertTrue(sleep.waitFor(10, TimeUnit.SECONDS));
    assertFalse(processes.kill(child, EXISTS));
    processes.killAndReap(child);
  }

  @Test
  void aFileThatIsNoNamespaceCannotBeEntered() {
    try (Fd nothing = kernel.files().open("/dev/null", OpenFlags.O_RDONLY, 0)) {
      SyscallException e =
          assertThrows(
              SyscallException.class,
              () -> processes.enterNamespace(nothing, ProcessCalls.CLONE_NEWNET));
      assertEquals("setns(" + nothing + ", 0x40000000): EINVAL (Invalid argument)", e.getMessage());
    }
  }

  @Test
  void aNamespaceOfAnotherKindCannotBeEntered() {
    try (Fd uts = kernel.files().open("/proc/self/ns/uts", OpenFlags.O_RDONLY, 0)) {
      SyscallException e =
          assertThrows(
              SyscallException.class,
              () -> processes.enterNamespace(uts, ProcessCalls.CLONE_NEWNET));
      assertTrue(e.is(Errno.EINVAL), e.getMessage());
    }
  }

  @Test
  void aFlagThatThereIsNotCannotBeUnshared() {
    SyscallException e = assertThrows(SyscallException.class, () -> processes.unshare(1));
    assertEquals("unshare(0x1): EINVAL (Invalid argument)", e.getMessage());
  }

  @Test
  void notDumpableHidesTheProcessUntilItIsUndone() throws IOException {
    processes.setDumpable(false);
    try {
      assertEquals(0, Files.getAttribute(Path.of("/proc/self/fd"), "unix:uid"));
    } finally {
      processes.setDumpable(true);
    }
  }

  @Test
  void thePidIsOurs() {
    assertEquals(ProcessHandle.current().pid(), processes.pid());
  }
}
