package io.jdocker.network.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.PollCalls.Pipe;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollLoopTest {
  private static final Kernel KERNEL = Kernel.load();

  private final PollLoop loop = new PollLoop(KERNEL);
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final NativeArena memory = new NativeArena();
  private final Thread thread = new Thread(loop, "loop-under-test");

  @BeforeEach
  void start() {
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    loop.submit(loop::stop);
    thread.join(10_000);
    assertTrue(!thread.isAlive(), "the loop goes on");
    memory.close();
  }

  private String next() throws InterruptedException {
    return seen.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void tasksRunOnTheLoopsThreadInOrder() throws InterruptedException {
    for (String name : List.of("a", "b", "c")) {
      loop.submit(() -> seen.add(name + Thread.currentThread().getName()));
    }
    assertEquals("aloop-under-test", next());
    assertEquals("bloop-under-test", next());
    assertEquals("cloop-under-test", next());
  }

  @Test
  void timersRunByTheirTimeAndNotWhenCancelled() throws InterruptedException {
    loop.submit(
        () -> {
          loop.after(60, () -> seen.add("late"));
          loop.after(20, () -> seen.add("early"));
          PollLoop.Timer never = loop.after(30, () -> seen.add("never"));
          loop.after(0, never::cancel);
          PollLoop.Timer first = loop.after(1, () -> seen.add("never"));
          first.cancel();
        });
    assertEquals("early", next());
    assertEquals("late", next());
    assertEquals(0, seen.size());
  }

  @Test
  void aTimerMaySetAnother() throws InterruptedException {
    loop.submit(() -> loop.after(1, () -> loop.after(1, () -> seen.add("second"))));
    assertEquals("second", next());
  }

  @Test
  void whatIsForgottenIsClosedAndSilentEvenWithinTheSameBatch() throws InterruptedException {
    Pipe one = KERNEL.polls().createPipe();
    Pipe two = KERNEL.polls().createPipe();
    KERNEL.files().writeFully(one.writeEnd(), new byte[] {1}, 0, 1);
    KERNEL.files().writeFully(two.writeEnd(), new byte[] {1}, 0, 1);
    loop.submit(
        () -> {
          long[] keys = new long[2];
          keys[0] =
              loop.watch(
                  one.readEnd(),
                  PollCalls.EPOLLIN,
                  mask -> {
                    seen.add("one");
                    loop.forget(one.readEnd(), keys[0]);
                    loop.forget(two.readEnd(), keys[1]);
                  });
          keys[1] =
              loop.watch(
                  two.readEnd(),
                  PollCalls.EPOLLIN,
                  mask -> {
                    seen.add("two");
                    loop.forget(one.readEnd(), keys[0]);
                    loop.forget(two.readEnd(), keys[1]);
                  });
        });
    String first = next();
    assertTrue(List.of("one", "two").contains(first), first);
    loop.submit(() -> seen.add("later"));
    assertEquals("later", next());
    assertThrows(IllegalStateException.class, one.readEnd()::number);
    assertThrows(IllegalStateException.class, two.readEnd()::number);
    one.writeEnd().close();
    two.writeEnd().close();
  }

  @Test
  void whatIsReleasedStaysOpen() throws InterruptedException {
    Pipe pipe = KERNEL.polls().createPipe();
    loop.submit(
        () -> {
          long key = loop.watch(pipe.readEnd(), PollCalls.EPOLLIN, mask -> seen.add("ready"));
          loop.release(pipe.readEnd(), key);
          pipe.writeEnd().close(); // would make it ready
          loop.after(20, () -> seen.add("quiet"));
        });
    assertEquals("quiet", next());
    pipe.readEnd().number();
    pipe.readEnd().close();
  }

  @Test
  void whatFailsIsGivenUpAndTheOthersGoOn() throws InterruptedException {
    Pipe bad = KERNEL.polls().createPipe();
    Pipe good = KERNEL.polls().createPipe();
    loop.submit(
        () -> {
          throw new IllegalStateException("a task that fails");
        });
    loop.submit(
        () -> {
          loop.after(
              0,
              () -> {
                throw new IllegalStateException("a timer that fails");
              });
          loop.watch(
              bad.readEnd(),
              PollCalls.EPOLLIN,
              mask -> {
                seen.add("bad");
                throw new IllegalStateException("a handler that fails");
              });
          loop.watch(
              good.readEnd(),
              PollCalls.EPOLLIN,
              mask -> {
                KERNEL.files().read(good.readEnd().number(), buffer(), 1);
                seen.add("good");
              });
        });
    KERNEL.files().writeFully(bad.writeEnd(), new byte[] {1}, 0, 1);
    assertEquals("bad", next());
    KERNEL.files().writeFully(good.writeEnd(), new byte[] {1}, 0, 1);
    assertEquals("good", next(), "and the one that failed is not asked again");
    bad.readEnd().number(); // still open: its owner closes it
    for (Pipe pipe : List.of(bad, good)) {
      pipe.readEnd().close();
      pipe.writeEnd().close();
    }
  }

  private long buffer() {
    return memory.allocate(8);
  }
}
