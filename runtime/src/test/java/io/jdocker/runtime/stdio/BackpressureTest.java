package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody who does not read may stop the others, or lose a byte. */
@Timeout(60)
final class BackpressureTest {
  private static final int MUCH = 4 * Attachment.LIMIT;

  private final Kernel kernel = Kernel.load();
  private final EventLoop loop = EventLoop.start(kernel);
  private final List<ProcessStreams> runs = new ArrayList<>();

  @AfterEach
  void closeAll() {
    runs.forEach(ProcessStreams::close);
    loop.close();
  }

  @Test
  void aProcessWaitsForAClientThatDoesNotReadAndLosesNothing() throws InterruptedException {
    RecordingSink log = new RecordingSink();
    StreamHub hub = new StreamHub(StdinMode.NONE, false);
    Attachment client = hub.attach(StreamSelection.output());
    PollCalls.Pipe stdout = connect(hub, log);
    CompletableFuture<Void> process = writeMuch(stdout.writeEnd());
    awaitFull(client);
    assertFalse(process.isDone());
    assertTrue(log.stdout().length() < MUCH);

    assertEquals(MUCH, Processes.takeAll(client).length());
    process.join();
    assertEquals(MUCH, log.stdout().length());
  }

  @Test
  void aStalledContainerDoesNotStopAnother() throws InterruptedException {
    StreamHub slow = new StreamHub(StdinMode.NONE, false);
    Attachment idle = slow.attach(StreamSelection.output());
    CompletableFuture<Void> stalled = writeMuch(connect(slow, LogSink.none()).writeEnd());
    awaitFull(idle);

    StreamHub quick = new StreamHub(StdinMode.NONE, false);
    Attachment client = quick.attach(StreamSelection.output());
    CompletableFuture<Void> process = writeMuch(connect(quick, LogSink.none()).writeEnd());
    assertEquals(MUCH, Processes.takeAll(client).length());
    process.join();
    assertFalse(stalled.isDone());
    idle.close();
    stalled.join();
  }

  @Test
  void theProcessGoesOnWhenTheStalledClientLeaves() throws InterruptedException {
    RecordingSink log = new RecordingSink();
    StreamHub hub = new StreamHub(StdinMode.NONE, false);
    Attachment idle = hub.attach(StreamSelection.output());
    PollCalls.Pipe stdout = connect(hub, log);
    CompletableFuture<Void> process = writeMuch(stdout.writeEnd());
    awaitFull(idle);
    idle.close();
    process.join();
    runs.get(0).drained().join();
    assertEquals(MUCH, log.stdout().length());
    assertEquals(Optional.empty(), idle.take());
  }

  @Test
  void aThreadThatWaitsForOutputIsReleasedByClose() {
    StreamHub hub = new StreamHub(StdinMode.NONE, false);
    Attachment client = hub.attach(StreamSelection.output());
    CompletableFuture<String> taking = inBackground(() -> Processes.takeAll(client));
    client.close();
    assertEquals("", taking.join());
  }

  @Test
  void aClientThatSendsMoreThanTheProcessReadsWaitsAndIsReleasedAtItsEnd() throws Exception {
    StreamHub hub = new StreamHub(StdinMode.CLOSE_WITH_CLIENT, false);
    Attachment client = hub.attach(StreamSelection.all());
    PollCalls.Pipe stdin = kernel.polls().createPipe();
    PollCalls.Pipe stdout = kernel.polls().createPipe();
    StdioEnds ends =
        new StdioEnds.Pipes(Optional.of(stdin.writeEnd()), stdout.readEnd(), Optional.empty());
    ProcessStreams run = ProcessStreams.connect(kernel, loop, hub, ends, LogSink.none());
    runs.add(run);
    AtomicInteger accepted = new AtomicInteger();
    CompletableFuture<Void> sender = inBackground(() -> sendUntilRefused(client, accepted));
    awaitThat(() -> accepted.get() > StdinQueue.LIMIT); // more than the queue: the pipe has some
    assertFalse(sender.isDone());
    stdin.readEnd().close(); // the process closes its standard input: EPIPE
    sender.join();
    assertFalse(client.writeStdin(new byte[1], 0, 1));
    stdout.writeEnd().close();
  }

  @Test
  void aClientThatSendsBeforeTheStartWaitsAndIsReleasedWhenNoneComes() throws InterruptedException {
    StreamHub hub = new StreamHub(StdinMode.CLOSE_WITH_CLIENT, false);
    Attachment client = hub.attach(StreamSelection.all());
    AtomicInteger accepted = new AtomicInteger();
    CompletableFuture<Void> sender = inBackground(() -> sendUntilRefused(client, accepted));
    CompletableFuture<String> output = inBackground(() -> Processes.takeAll(client));
    awaitThat(() -> accepted.get() == StdinQueue.LIMIT);
    hub.abandon();
    sender.join();
    assertEquals("", output.join());
  }

  private static Void sendUntilRefused(Attachment client, AtomicInteger accepted)
      throws InterruptedException {
    byte[] block = new byte[8192];
    while (client.writeStdin(block, 0, block.length)) {
      accepted.addAndGet(block.length);
    }
    return null;
  }

  private PollCalls.Pipe connect(StreamHub hub, LogSink log) {
    PollCalls.Pipe stdout = kernel.polls().createPipe();
    StdioEnds ends = new StdioEnds.Pipes(Optional.empty(), stdout.readEnd(), Optional.empty());
    runs.add(ProcessStreams.connect(kernel, loop, hub, ends, log));
    return stdout;
  }

  private CompletableFuture<Void> writeMuch(Fd end) {
    return inBackground(
        () -> {
          Processes.write(kernel, end, "x".repeat(MUCH));
          end.close();
          return null;
        });
  }

  private static void awaitFull(Attachment client) throws InterruptedException {
    awaitThat(client::isFull);
  }

  /** However long it takes: only the test's own limit ends it. */
  private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws Exception;
  }

  private static <T> CompletableFuture<T> inBackground(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    CountDownLatch started = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              started.countDown();
              try {
                result.complete(work.run());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    try {
      started.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return result;
  }
}
