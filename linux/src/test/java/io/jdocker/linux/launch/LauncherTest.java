package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.Sys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launches real processes without new namespaces, so it needs no privilege. */
final class LauncherTest {
  private static final int FIRST_FREE = 32;

  private final Kernel kernel = Kernel.load();
  private final List<Fd> open = new ArrayList<>();
  @TempDir Path dir;
  private Launcher launcher;
  private PollCalls.Pipe notice;
  private Path status;

  @BeforeEach
  void writeKeeper() throws IOException {
    launcher = new Launcher(kernel);
    status = dir.resolve("status");
    notice = kernel.polls().createPipe();
    own(notice.readEnd());
    own(notice.writeEnd());
  }

  @AfterEach
  void closeAll() {
    open.forEach(Fd::close);
    launcher.close();
  }

  @Test
  void thePayloadsOutputAndItsExitStatusComeThrough() throws IOException {
    PollCalls.Pipe pipe = kernel.polls().createPipe();
    Fd output = own(kernel.files().duplicate(pipe.writeEnd(), FIRST_FREE));
    pipe.writeEnd().close();
    LaunchProgram.Builder payload = payloadWithOutput(output);
    exec(payload, "/bin/sh", "-c", "echo hello; exit 7");
    Launched launched = launcher.launch(launch(payload.build()));
    output.close();

    assertEquals("hello\n", readAll(own(pipe.readEnd())));
    StatusRecord record = awaitEnd(launched);
    assertEquals(launched.keeperPid(), record.keeperPid());
    assertEquals(launched.payloadPid(), record.payloadPid());
    assertEquals(7, StatusRecord.exitCode(record.status().orElseThrow()));
  }

  @Test
  void aFailedStepIsNamedWithItsErrnoAndNothingRuns() throws IOException {
    LaunchProgram.Builder payload = LaunchProgram.builder();
    payload.add("enter the work folder", Sys.CHDIR, Operand.of(dir + "/missing"));
    exec(payload, "/bin/true");
    LaunchException failure =
        assertThrows(LaunchException.class, () -> launcher.launch(launch(payload.build())));
    assertEquals(
        "enter the work folder: chdir(\"" + dir + "/missing\"): ENOENT (No such file or directory)",
        failure.getMessage());
    assertEquals(0, Files.size(status));
  }

  @Test
  void aToleratedErrorGoesOn() throws IOException {
    LaunchProgram.Builder payload = LaunchProgram.builder();
    payload
        .add("make a folder", Sys.MKDIRAT, Operand.of(-100), Operand.of("/"), Operand.of(0755))
        .tolerate(Errno.EEXIST);
    exec(payload, "/bin/true");
    assertEquals(0, exitCodeOf(awaitEnd(launcher.launch(launch(payload.build())))));
  }

  private static int exitCodeOf(StatusRecord record) {
    return StatusRecord.exitCode(record.status().orElseThrow());
  }

  @Test
  void aResultFeedsALaterStep() throws IOException {
    Files.writeString(dir.resolve("marker"), "");
    LaunchProgram.Builder payload = LaunchProgram.builder();
    Step folder =
        payload.add(
            "open a folder",
            Sys.OPENAT,
            Operand.of(-100),
            Operand.of(dir.toString()),
            Operand.of(0));
    payload.add("enter it", Sys.FCHDIR, Operand.of(folder));
    exec(payload, "/bin/sh", "-c", "test -e marker");
    assertEquals(0, exitCodeOf(awaitEnd(launcher.launch(launch(payload.build())))));
  }

  @Test
  void deathBySignalIsRecorded() throws IOException {
    LaunchProgram.Builder payload = LaunchProgram.builder();
    restoreSignals(payload);
    exec(payload, "/bin/sh", "-c", "kill -TERM $$");
    assertEquals(143, exitCodeOf(awaitEnd(launcher.launch(launch(payload.build())))));
  }

  @Test
  void theKeeperHoldsOnlyWhatItWasGiven() throws IOException {
    Fd held = own(kernel.files().duplicate(openNull(), FIRST_FREE));
    LaunchProgram.Builder payload = LaunchProgram.builder();
    exec(payload, "/bin/sleep", "60");
    Launch plain = launch(payload.build());
    List<Launch.Held> all = new ArrayList<>(plain.held());
    all.add(new Launch.Held(held, KeeperImage.STDOUT_FD));
    Launched launched =
        launcher.launch(
            new Launch("x", plain.payload(), List.of(), 0, all, java.util.Optional.empty()));
    try (Fd pidfd = kernel.processes().openPidfd(launched.keeperPid()).orElseThrow()) {
      assertTrue(kernel.processes().takeFd(pidfd, KeeperImage.STDOUT_FD).isPresent());
      assertFalse(kernel.processes().takeFd(pidfd, KeeperImage.STDIN_FD).isPresent());
      assertEquals(List.of("0", "1", "2", "4", "7", "9"), descriptors(launched.keeperPid()));
    } finally {
      kernel.processes().kill(launched.payloadPid(), 9);
    }
    assertEquals(137, exitCodeOf(awaitEnd(launched)));
  }

  @Test
  void theKeeperIsSmall() {
    for (io.jdocker.linux.Architecture architecture : io.jdocker.linux.Architecture.values()) {
      int size = KeeperImage.executable(architecture).length;
      assertTrue(size < 1536, architecture + ": " + size);
    }
  }

  @Test
  void theRoutineIsTheSameEachTime() {
    assertArrayEquals(
        SetupRoutine.code(kernel.architecture()), SetupRoutine.code(kernel.architecture()));
  }

  private Launch launch(LaunchProgram payload) {
    Fd nothing = own(kernel.files().duplicate(openNull(), FIRST_FREE));
    Fd record =
        own(
            kernel
                .files()
                .duplicate(
                    own(
                        kernel
                            .files()
                            .open(status.toString(), OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600)),
                    FIRST_FREE));
    return new Launch(
        "test",
        payload,
        List.of(),
        0,
        List.of(
            new Launch.Held(nothing, 0),
            new Launch.Held(nothing, 1),
            new Launch.Held(nothing, 2),
            new Launch.Held(record, KeeperImage.STATUS_FD),
            new Launch.Held(
                own(kernel.files().duplicate(notice.writeEnd(), FIRST_FREE)),
                KeeperImage.NOTICE_FD)),
        java.util.Optional.empty());
  }

  private Fd openNull() {
    return own(kernel.files().open("/dev/null", OpenFlags.O_RDWR, 0));
  }

  private static LaunchProgram.Builder payloadWithOutput(Fd output) {
    LaunchProgram.Builder payload = LaunchProgram.builder();
    payload.add("standard output", Sys.DUP3, Operand.of(output), Operand.of(1), Operand.of(0));
    return payload;
  }

  private static void restoreSignals(LaunchProgram.Builder payload) {
    payload.add(
        "unblock signals",
        Sys.RT_SIGPROCMASK,
        Operand.of(2),
        new Operand.Memory(new byte[8], "[]"),
        Operand.of(0),
        Operand.of(8));
  }

  private static void exec(LaunchProgram.Builder payload, String... argv) {
    payload.add(
        "run the command",
        Sys.EXECVE,
        Operand.of(argv[0]),
        Operand.of(List.of(argv)),
        Operand.of(List.of()));
  }

  private StatusRecord awaitEnd(Launched launched) throws IOException {
    try (Fd epoll = kernel.polls().createEpoll();
        Fd pidfd = kernel.processes().openPidfd(launched.keeperPid()).orElseThrow()) {
      kernel.polls().add(epoll, notice.readEnd(), PollCalls.EPOLLIN, 1);
      assertEquals(1, kernel.polls().wait(epoll, 1, 10_000).size(), "no notice of the end");
      kernel.processes().killAndReap(pidfd);
    }
    return StatusRecord.parse(Files.readAllBytes(status)).orElseThrow();
  }

  private static List<String> descriptors(int pid) {
    String[] names = Path.of("/proc/" + pid + "/fd").toFile().list();
    return java.util.Arrays.stream(names).sorted().toList();
  }

  private String readAll(Fd from) {
    try (io.jdocker.linux.NativeArena arena = new io.jdocker.linux.NativeArena()) {
      long buffer = arena.allocate(4096);
      StringBuilder text = new StringBuilder();
      long count;
      while ((count = kernel.files().read(from.number(), buffer, 4096)) > 0) {
        text.append(
            new String(
                io.jdocker.linux.NativeArena.getBytes(buffer, (int) count),
                StandardCharsets.UTF_8));
      }
      return text.toString();
    }
  }

  private Fd own(Fd fd) {
    open.add(fd);
    return fd;
  }
}
