package io.jdocker.linux.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.Sys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Launches programs as an engine does, without namespaces, and waits for their end. */
final class TestLaunches implements AutoCloseable {
  private static final int FIRST_FREE = 64;
  private static final int KILLED = 137;
  private static final int PATIENCE_MILLIS = 30_000;

  /**
   * How a launch ended.
   *
   * @param code as a shell shows it; 137 where the keeper ended without telling
   */
  record Ended(int code, String output, List<StepResult> results) {}

  private final Kernel kernel = Kernel.load();
  private final Launcher launcher;
  private final Path folder;

  /**
   * @param folder for status files
   */
  TestLaunches(Path folder) {
    this(folder, Kernel.load());
  }

  /**
   * @param launching the kernel of the launches alone
   */
  TestLaunches(Path folder, Kernel launching) {
    this.launcher = new Launcher(launching);
    this.folder = folder;
  }

  /** Runs a command after steps of the caller's. */
  Ended run(Consumer<LaunchProgram.Builder> before, List<String> argv) throws IOException {
    return run(before, argv, List.of());
  }

  Ended run(Consumer<LaunchProgram.Builder> before, List<String> argv, List<String> environment)
      throws IOException {
    Path status = Files.createTempFile(folder, "status", "");
    List<Fd> open = new ArrayList<>();
    PollCalls.Pipe notice = kernel.polls().createPipe();
    PollCalls.Pipe output = kernel.polls().createPipe();
    open.addAll(List.of(notice.readEnd(), notice.writeEnd(), output.readEnd(), output.writeEnd()));
    try {
      Fd standardOutput = high(output.writeEnd(), open);
      LaunchProgram.Builder payload = LaunchProgram.builder();
      payload.add(
          "standard output", Sys.DUP3, Operand.of(standardOutput), Operand.of(1), Operand.of(0));
      before.accept(payload);
      payload.add(
          "run the command",
          Sys.EXECVE,
          Operand.of(argv.get(0)),
          Operand.of(argv),
          Operand.of(environment));
      Launched launched = launcher.launch(launch(payload.build(), status, notice, open));
      // As an engine does: what the keeper and the command hold ends with them.
      open.stream()
          .filter(fd -> fd != notice.readEnd() && fd != output.readEnd())
          .forEach(Fd::close);
      String text = readAll(output.readEnd());
      awaitEnd(launched, notice);
      StatusRecord record = StatusRecord.parse(Files.readAllBytes(status)).orElseThrow();
      return new Ended(
          record.status().map(StatusRecord::exitCode).orElse(KILLED), text, launched.results());
    } finally {
      open.forEach(Fd::close);
      Files.delete(status);
    }
  }

  private Launch launch(LaunchProgram payload, Path status, PollCalls.Pipe notice, List<Fd> open) {
    Fd nothing = high(kernel.files().open("/dev/null", OpenFlags.O_RDWR, 0), open);
    Fd record = high(kernel.files().open(status.toString(), OpenFlags.O_RDWR, 0), open);
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
            new Launch.Held(high(notice.writeEnd(), open), KeeperImage.NOTICE_FD)),
        Optional.empty());
  }

  private Fd high(Fd fd, List<Fd> open) {
    Fd copy = kernel.files().duplicate(fd, FIRST_FREE);
    open.add(fd);
    open.add(copy);
    return copy;
  }

  private String readAll(Fd from) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(65536);
      for (long count = kernel.files().read(from.number(), buffer, 65536);
          count > 0;
          count = kernel.files().read(from.number(), buffer, 65536)) {
        all.writeBytes(NativeArena.getBytes(buffer, (int) count));
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private void awaitEnd(Launched launched, PollCalls.Pipe notice) {
    try (Fd epoll = kernel.polls().createEpoll()) {
      kernel.polls().add(epoll, notice.readEnd(), PollCalls.EPOLLIN, 1); // or its end: EPOLLHUP
      if (kernel.polls().wait(epoll, 1, PATIENCE_MILLIS).isEmpty()) {
        throw new AssertionError("no notice of the end of " + launched.payloadPid());
      }
    } finally {
      kernel.processes().killAndReap(launched.keeperPid());
    }
  }

  @Override
  public void close() {
    launcher.close();
  }
}
