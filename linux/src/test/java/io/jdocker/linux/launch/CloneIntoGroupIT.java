package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.Sys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A payload begins in the group of cgroup v2 it was cloned into; its keeper stays outside. */
final class CloneIntoGroupIT {
  @TempDir Path dir;
  private final Kernel kernel = Kernel.load();
  private final Launcher launcher = new Launcher(kernel);
  private Path group;

  @BeforeEach
  void makeGroup() throws IOException {
    Path hybrid = Path.of("/sys/fs/cgroup/unified");
    Path root = Files.isDirectory(hybrid) ? hybrid : Path.of("/sys/fs/cgroup");
    group = Files.createDirectory(root.resolve("jdocker-test-" + UUID.randomUUID()));
  }

  @AfterEach
  void removeGroup() throws IOException {
    launcher.close();
    Files.delete(group);
  }

  @Test
  void thePayloadAloneIsInTheGroup() throws IOException {
    LaunchProgram.Builder payload = LaunchProgram.builder();
    payload.add(
        "run the command",
        Sys.EXECVE,
        Operand.of("/bin/sleep"),
        Operand.of(List.of("sleep", "100")),
        Operand.of(List.of()));
    Path status = dir.resolve("status");
    try (Fd folder = kernel.files().open(group.toString(), OpenFlags.O_PATH, 0);
        Fd record =
            kernel.files().open(status.toString(), OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0600)) {
      Launched launched =
          launcher.launch(
              new Launch(
                  "test",
                  payload.build(),
                  List.of(),
                  0,
                  List.of(new Launch.Held(record, KeeperImage.STATUS_FD)),
                  Optional.empty(),
                  Optional.of(folder)));
      try (Fd keeper = kernel.processes().openPidfd(launched.keeperPid()).orElseThrow();
          Fd sleeper = kernel.processes().openPidfd(launched.payloadPid()).orElseThrow()) {
        String members = Files.readString(group.resolve("cgroup.procs")).strip();
        kernel.processes().signal(sleeper, 9);
        awaitEnd(status);
        kernel.processes().killAndReap(keeper);
        assertEquals(Integer.toString(launched.payloadPid()), members);
      }
    }
    assertTrue(Files.readString(group.resolve("cgroup.procs")).isEmpty());
  }

  /** The keeper appends the status when it has reaped the payload. */
  private static void awaitEnd(Path status) throws IOException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (StatusRecord.parse(Files.readAllBytes(status)).orElseThrow().status().isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "the payload does not end");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
