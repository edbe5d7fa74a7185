package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PollCallsTest {
  private final Kernel kernel = Kernel.load();
  private final PollCalls polls = kernel.polls();
  private final Fd epoll = polls.createEpoll();
  private final PollCalls.Pipe pipe = polls.createPipe();

  @AfterEach
  void close() {
    pipe.readEnd().close();
    pipe.writeEnd().close();
    epoll.close();
  }

  @Test
  void aPipeIsReadableOnceWrittenAndHangsUpWithItsLastWriter() {
    polls.add(epoll, pipe.readEnd(), PollCalls.EPOLLIN, 7);
    assertEquals(List.of(), polls.wait(epoll, 4, 0));
    write("x");
    assertEquals(List.of(new PollCalls.Event(7, PollCalls.EPOLLIN)), polls.wait(epoll, 4, 0));
    pipe.writeEnd().close();
    assertEquals(
        List.of(new PollCalls.Event(7, PollCalls.EPOLLIN | PollCalls.EPOLLHUP)),
        polls.wait(epoll, 4, 0));
  }

  @Test
  void aKeyMayUseAllSixtyFourBits() {
    polls.add(epoll, pipe.writeEnd(), PollCalls.EPOLLOUT, 0xfedc_ba98_7654_3210L);
    assertEquals(0xfedc_ba98_7654_3210L, polls.wait(epoll, 1, 0).get(0).key());
  }

  @Test
  void aChangedMaskAndKeyHold() {
    polls.add(epoll, pipe.writeEnd(), PollCalls.EPOLLIN, 1);
    assertEquals(List.of(), polls.wait(epoll, 4, 0));
    polls.modify(epoll, pipe.writeEnd(), PollCalls.EPOLLOUT, 2);
    assertEquals(List.of(new PollCalls.Event(2, PollCalls.EPOLLOUT)), polls.wait(epoll, 4, 0));
    polls.remove(epoll, pipe.writeEnd());
    assertEquals(List.of(), polls.wait(epoll, 4, 0));
  }

  @Test
  void edgeTriggeredIsToldOnce() {
    polls.add(epoll, pipe.readEnd(), PollCalls.EPOLLIN | PollCalls.EPOLLET, 1);
    write("x");
    assertEquals(1, polls.wait(epoll, 4, 0).size());
    assertEquals(List.of(), polls.wait(epoll, 4, 0));
  }

  @Test
  void noMoreEventsThanAskedFor() {
    polls.add(epoll, pipe.readEnd(), PollCalls.EPOLLIN, 1);
    polls.add(epoll, pipe.writeEnd(), PollCalls.EPOLLOUT, 2);
    write("x");
    assertEquals(1, polls.wait(epoll, 1, 0).size());
    assertEquals(2, polls.wait(epoll, 2, 0).size());
  }

  @Test
  void aDescriptorCannotBeAddedTwice() {
    polls.add(epoll, pipe.readEnd(), PollCalls.EPOLLIN, 1);
    SyscallException e =
        assertThrows(
            SyscallException.class, () -> polls.add(epoll, pipe.readEnd(), PollCalls.EPOLLIN, 2));
    assertTrue(e.is(Errno.EEXIST), e::getMessage);
  }

  @Test
  void anEventStaysReadyUntilDrainedHoweverOftenSignalled() {
    try (Fd event = polls.createEvent()) {
      polls.add(epoll, event, PollCalls.EPOLLIN, 3);
      polls.signal(event);
      polls.signal(event);
      assertEquals(1, polls.wait(epoll, 4, 0).size());
      polls.drain(event);
      assertEquals(List.of(), polls.wait(epoll, 4, 0));
    }
  }

  @Test
  void anEmptyPipeMadeNonBlockingAnswersAtOnce() {
    polls.makeNonBlocking(pipe.readEnd());
    try (NativeArena arena = new NativeArena()) {
      long answer = kernel.files().read(pipe.readEnd().number(), arena.allocate(8), 8);
      assertTrue(Kernel.failedWith(answer, Errno.EAGAIN), () -> "answered " + answer);
    }
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    kernel.files().writeFully(pipe.writeEnd(), bytes, 0, bytes.length);
  }
}
