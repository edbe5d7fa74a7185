package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
