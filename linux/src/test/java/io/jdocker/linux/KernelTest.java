package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelTest {
  private final Kernel kernel = Kernel.load();

  @Test
  void sixOperandsArriveInOrder() {
    // mmap's sixth operand is the offset: an odd one is refused, zero is not.
    long good = kernel.attempt(Sys.MMAP, 0, 4096, 3, 0x22, -1, 0);
    assertTrue(good > 0, "mmap answered " + good);
    kernel.attempt(Sys.MUNMAP, good, 4096);
    assertEquals(-22, kernel.attempt(Sys.MMAP, 0, 4096, 3, 0x22, -1, 1));
  }

  @Test
  void aRefusedCallNamesItselfItsOperandsAndTheErrno(@TempDir Path dir) {
    SyscallException refused =
        assertThrows(
            SyscallException.class,
            () -> kernel.files().makeDirectory(FileCalls.AT_FDCWD, dir.toString(), 0755));
    assertEquals(
        "mkdirat(AT_FDCWD, \"" + dir + "\", 0755): EEXIST (File exists)", refused.getMessage());
  }

  @Test
  void aPathBelowARootCannotLeaveIt(@TempDir Path dir) {
    kernel.files().symbolicLink("/etc", FileCalls.AT_FDCWD, dir + "/out");
    try (Fd root =
        kernel.files().open(dir.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0)) {
      assertThrows(
          SyscallException.class,
          () ->
              kernel
                  .files()
                  .open(
                      root.number(),
                      "out/passwd",
                      OpenFlags.O_RDONLY,
                      0,
                      OpenFlags.RESOLVE_BENEATH));
    }
  }

  @Test
  void statusReadsWhatWasMade(@TempDir Path dir) {
    kernel.files().makeDirectory(FileCalls.AT_FDCWD, dir + "/d", 0750);
    FileStatus status = kernel.files().status(FileCalls.AT_FDCWD, dir + "/d", 0);
    assertTrue(status.isDirectory());
    assertEquals(0750, status.permissions() & 0750);
  }

  @Test
  void epollTellsTheKeyOfTheReadyDescriptor() {
    try (Fd epoll = kernel.polls().createEpoll();
        Fd event = kernel.polls().createEvent()) {
      kernel.polls().add(epoll, event, PollCalls.EPOLLIN, 42);
      assertEquals(List.of(), kernel.polls().wait(epoll, 4, 0));
      kernel.polls().signal(event);
      assertEquals(
          List.of(new PollCalls.Event(42, PollCalls.EPOLLIN)), kernel.polls().wait(epoll, 4, 0));
    }
  }

  @Test
  void aTextWithANulByteIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> kernel.files().makeDirectory(FileCalls.AT_FDCWD, "a\0b", 0755));
  }
}
