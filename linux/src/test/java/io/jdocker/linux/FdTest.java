package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FdTest {
  private static final int FAR = 700;
  private final Kernel kernel = Kernel.load();

  @Test
  void itsPathOpensWhatItIsOpenOn() {
    try (Fd fd = kernel.files().open("/dev/null", OpenFlags.O_RDWR, 0)) {
      assertTrue(fd.isOpen());
      assertEquals("fd " + fd.number(), fd.toString());
      assertEquals("/dev/null", kernel.files().readLink(FileCalls.AT_FDCWD, fd.procPath()));
    }
  }

  /** Below it is what a launch gives to a keeper: KeeperImage. */
  @Test
  void noneOfOursHasANumberThatALaunchUses() {
    PollCalls.Pipe pipe = kernel.polls().createPipe();
    List<Fd> open = new ArrayList<>(List.of(pipe.readEnd(), pipe.writeEnd()));
    try {
      for (int i = 0; i < 2 * Fd.LOWEST; i++) {
        open.add(kernel.files().open("/dev/null", OpenFlags.O_RDONLY, 0));
      }
      open.forEach(fd -> assertTrue(fd.number() >= Fd.LOWEST, fd::toString));
    } finally {
      open.forEach(Fd::close);
    }
  }

  @Test
  void oneWithALowNumberIsMovedAndIsTheSameFile() {
    Fd far = kernel.files().open("/dev/zero", OpenFlags.O_RDWR, 0);
    int number = far.number();
    try (Fd moved = Fd.opened(kernel, number, FAR)) {
      assertTrue(moved.number() >= FAR, moved::toString);
      assertEquals("/dev/zero", kernel.files().readLink(FileCalls.AT_FDCWD, moved.procPath()));
      int getFd = 1;
      assertEquals(1, kernel.attempt(Sys.FCNTL, moved.number(), getFd, 0), "close-on-exec");
      // Its first number was closed, and is free for whatever comes next.
      try (Fd next = kernel.files().duplicate(moved, number)) {
        assertNotEquals(moved.number(), next.number());
      }
    }
  }

  @Test
  void oneThatCannotBeMovedIsClosed(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("open"));
    int number = kernel.files().open(file.toString(), OpenFlags.O_RDWR, 0).number();
    int beyondTheLimit = Integer.MAX_VALUE;
    SyscallException refused =
        assertThrows(SyscallException.class, () -> Fd.opened(kernel, number, beyondTheLimit));
    assertEquals(Errno.EINVAL.intValue(), refused.errno());
    assertFalse(OpenDescriptors.now().open().contains(file.toString()));
  }

  @Test
  void onceClosedItHasNoNumber() {
    Fd fd = kernel.files().open("/dev/null", OpenFlags.O_RDWR, 0);
    fd.close();
    assertFalse(fd.isOpen());
    assertEquals("fd closed", fd.toString());
    assertThrows(IllegalStateException.class, fd::number);
    assertThrows(IllegalStateException.class, fd::procPath);
  }

  /** The number may be another file's by then: closing that would be a bug hard to find. */
  @Test
  void closingTwiceLeavesTheNumbersNextOwnerAlone() {
    try (Fd zero = kernel.files().open("/dev/zero", OpenFlags.O_RDWR, 0)) {
      Fd first = kernel.files().duplicate(zero, FAR);
      int number = first.number();
      first.close();
      try (Fd next = kernel.files().duplicate(zero, number)) {
        assertEquals(number, next.number());
        first.close();
        assertTrue(Files.exists(Path.of("/proc/self/fd/" + number)));
      }
    }
  }

  @Test
  void itIsClosedOnExecLikeEveryDescriptorOfOurs() {
    try (Fd fd = kernel.files().open("/dev/null", OpenFlags.O_RDWR, 0);
        Fd copy = kernel.files().duplicate(fd, FAR);
        Fd epoll = kernel.polls().createEpoll();
        Fd event = kernel.polls().createEvent()) {
      int getFd = 1;
      for (Fd each : new Fd[] {fd, copy, epoll, event}) {
        assertEquals(1, kernel.attempt(Sys.FCNTL, each.number(), getFd, 0), each::toString);
      }
    }
  }
}
