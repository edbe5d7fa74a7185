package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class EventLoopTest {
  private final Kernel kernel = Kernel.load();
  private final EventLoop loop = EventLoop.start(kernel);
  private final List<Fd> open = new ArrayList<>();

  @AfterEach
  void closeAll() {
    loop.close();
    open.forEach(Fd::close);
  }

  @Test
  void aHandlerIsCalledOnTheLoopsThreadWithWhatHappened() throws InterruptedException {
    PollCalls.Pipe pipe = pipe();
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    loop.watch(
        pipe.readEnd(),
        PollCalls.EPOLLIN,
        mask -> {
          String got = Processes.read(kernel, pipe.readEnd());
          calls.add(mask + " " + loop.isLoopThread() + " " + got);
        });
    Processes.write(kernel, pipe.writeEnd(), "a");
    assertEquals(PollCalls.EPOLLIN + " true a", calls.take());
    loop.unwatch(pipe.readEnd());
  }

  @Test
  void afterUnwatchNoCallBegins() {
    AtomicInteger violations = new AtomicInteger();
    for (int round = 0; round < 200; round++) {
      PollCalls.Pipe pipe = kernel.polls().createPipe();
      Processes.write(kernel, pipe.writeEnd(), "ready all the time");
      AtomicBoolean unwatched = new AtomicBoolean();
      loop.watch(
          pipe.readEnd(),
          PollCalls.EPOLLIN,
          mask -> {
            if (unwatched.get()) {
              violations.incrementAndGet();
            }
          });
      loop.unwatch(pipe.readEnd());
      unwatched.set(true);
      pipe.readEnd().close(); // the next round gets the same numbers
      pipe.writeEnd().close();
    }
    settle();
    assertEquals(0, violations.get());
  }

  @Test
  void aHandlerMayUnwatchItself() {
    PollCalls.Pipe pipe = pipe();
    AtomicInteger calls = new AtomicInteger();
    CompletableFuture<Void> called = new CompletableFuture<>();
    loop.watch(
        pipe.readEnd(),
        PollCalls.EPOLLIN,
        mask -> {
          calls.incrementAndGet();
          loop.unwatch(pipe.readEnd());
          called.complete(null);
        });
    Processes.write(kernel, pipe.writeEnd(), "never read");
    called.join();
    settle();
    assertEquals(1, calls.get());
  }

  @Test
  void aMaskCanBeChanged() throws InterruptedException {
    PollCalls.Pipe pipe = pipe();
    BlockingQueue<Integer> masks = new LinkedBlockingQueue<>();
    loop.watch(
        pipe.writeEnd(),
        PollCalls.EPOLLPRI,
        mask -> {
          masks.add(mask);
          loop.modify(pipe.writeEnd(), PollCalls.EPOLLPRI);
        });
    settle();
    assertTrue(masks.isEmpty());
    loop.modify(pipe.writeEnd(), PollCalls.EPOLLOUT);
    assertEquals(PollCalls.EPOLLOUT, masks.take());
    loop.unwatch(pipe.writeEnd());
    assertThrows(
        IllegalStateException.class, () -> loop.modify(pipe.writeEnd(), PollCalls.EPOLLOUT));
  }

  @Test
  void aDescriptorIsWatchedOnce() {
    PollCalls.Pipe pipe = pipe();
    loop.watch(pipe.readEnd(), PollCalls.EPOLLIN, mask -> {});
    assertThrows(
        IllegalStateException.class,
        () -> loop.watch(pipe.readEnd(), PollCalls.EPOLLIN, mask -> {}));
    loop.unwatch(pipe.readEnd());
    loop.unwatch(pipe.readEnd());
    loop.watch(pipe.readEnd(), PollCalls.EPOLLIN, mask -> {});
  }

  @Test
  void theEndOfAProcessIsToldOnce() throws IOException {
    Process process = new ProcessBuilder("/bin/cat").start();
    Fd pidfd = kernel.processes().openPidfd((int) process.pid()).orElseThrow();
    open.add(pidfd);
    AtomicInteger told = new AtomicInteger();
    CompletableFuture<Void> first = new CompletableFuture<>();
    loop.onExit(
        pidfd,
        () -> {
          told.incrementAndGet();
          first.complete(null);
        });
    settle();
    assertEquals(0, told.get());
    process.getOutputStream().close();
    first.join();
    settle();
    assertEquals(1, told.get());
  }

  @Test
  void whatAHandlerOrATaskThrowsEndsOnlyItself() throws InterruptedException {
    PollCalls.Pipe pipe = pipe();
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    loop.watch(
        pipe.readEnd(),
        PollCalls.EPOLLIN,
        mask -> {
          calls.add(Processes.read(kernel, pipe.readEnd()));
          throw new IllegalStateException("thrown by a test");
        });
    loop.execute(
        () -> {
          throw new AssertionError("thrown by a test");
        });
    Processes.write(kernel, pipe.writeEnd(), "one");
    assertEquals("one", calls.take());
    Processes.write(kernel, pipe.writeEnd(), "two");
    assertEquals("two", calls.take());
  }

  @Test
  void tasksRunInOrderAndAreAllRunBeforeTheEnd() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int number = i;
      loop.execute(() -> order.add(number));
    }
    loop.close();
    assertEquals(1000, order.size());
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, order.get(i));
    }
    assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
  }

  @Test
  void itCannotCloseItself() {
    CompletableFuture<Void> closing = CompletableFuture.runAsync(loop::close, loop);
    assertTrue(
        assertThrows(Exception.class, closing::join).getCause() instanceof IllegalStateException);
    assertFalse(loop.isLoopThread());
  }

  /** Lets the loop go round a few times. */
  private void settle() {
    for (int i = 0; i < 10; i++) {
      CompletableFuture.runAsync(() -> {}, loop).join();
    }
  }

  private PollCalls.Pipe pipe() {
    PollCalls.Pipe pipe = kernel.polls().createPipe();
    open.add(pipe.readEnd());
    open.add(pipe.writeEnd());
    return pipe;
  }
}
