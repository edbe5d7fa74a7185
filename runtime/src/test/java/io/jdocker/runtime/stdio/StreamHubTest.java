package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The hub without descriptors: the test delivers what a run would. */
@Timeout(30)
final class StreamHubTest {
  private final StreamHub hub = new StreamHub(StdinMode.KEEP_OPEN, false);
  @TempDir Path dir;

  @Test
  void aClientGetsOneRunAndTheNextClientTheNextRun() throws InterruptedException {
    Attachment first = hub.attach(StreamSelection.output());
    run("one");
    Attachment second = hub.attach(StreamSelection.output());
    run("two");
    assertEquals("one", Processes.takeAll(first));
    assertEquals("two", Processes.takeAll(second));
  }

  @Test
  void inputLeftFromARunDoesNotReachTheNext() throws InterruptedException {
    Attachment client = hub.attach(StreamSelection.all());
    StdinQueue first = hub.connect(LogSink.none(), () -> {});
    assertTrue(client.writeStdin(new byte[] {1}, 0, 1));
    hub.disconnect();
    assertFalse(client.writeStdin(new byte[] {2}, 0, 1));
    StdinQueue second = hub.connect(LogSink.none(), () -> {});
    assertEquals(Optional.empty(), first.head());
    assertEquals(Optional.empty(), second.head());
  }

  @Test
  void twoRunsAtOnceAreRefused() {
    hub.connect(LogSink.none(), () -> {});
    assertThrows(IllegalStateException.class, () -> hub.connect(LogSink.none(), () -> {}));
  }

  @Test
  void whoAttachesAfterTheOutputEndedGetsTheEnd() throws InterruptedException {
    hub.connect(LogSink.none(), () -> {});
    hub.endOutput();
    assertEquals(Optional.empty(), hub.attach(StreamSelection.output()).take());
  }

  @Test
  void aHalfCloseEndsTheClientWhereInputStaysOpen() throws InterruptedException {
    Attachment client = hub.attach(StreamSelection.all());
    StdinQueue queue = hub.connect(LogSink.none(), () -> {});
    deliver("before");
    client.closeStdin();
    deliver("after");
    assertEquals("before", Processes.takeAll(client));
    assertFalse(queue.atEnd());
  }

  @Test
  void aClientThatVanishesEndsTheInputItOwned() {
    StreamHub once = new StreamHub(StdinMode.CLOSE_WITH_CLIENT, false);
    Attachment watcher = once.attach(StreamSelection.output());
    Attachment client = once.attach(StreamSelection.all());
    StdinQueue queue = once.connect(LogSink.none(), () -> {});
    watcher.close();
    assertFalse(queue.atEnd());
    client.close();
    assertTrue(queue.atEnd());
  }

  @Test
  void withoutStandardInputWhatIsSentIsRefused() throws InterruptedException {
    StreamHub none = new StreamHub(StdinMode.NONE, false);
    Attachment client = none.attach(StreamSelection.all());
    assertFalse(client.writeStdin(new byte[1], 0, 1));
    client.closeStdin();
    none.connect(LogSink.none(), () -> {});
    none.deliver(Chunk.STDOUT, Processes.utf8("goes on"), 7);
    assertEquals("goes on", Processes.text(client.take().orElseThrow()));
    assertThrows(
        IllegalStateException.class,
        () -> none.attach(StreamSelection.output()).writeStdin(new byte[1], 0, 1));
  }

  @Test
  void theReplayedLogJoinsTheLiveOutputWithoutGapOrDouble() throws InterruptedException {
    Path file = dir.resolve("log");
    hub.connect(new JsonFileLog(file, Clock.systemUTC(), Map.of()), () -> {});
    deliver("one\ntwo\nthr");
    Attachment client = hub.attachWithLog(StreamSelection.output(), file);
    deliver("ee\nfour\n");
    hub.endOutput();
    assertEquals("one\ntwo\nthree\nfour\n", Processes.takeAll(client));
    hub.disconnect();
  }

  @Test
  void theLogOfAStoppedContainerComesBeforeItsNextRun() throws InterruptedException {
    Path file = dir.resolve("log");
    hub.connect(new JsonFileLog(file, Clock.systemUTC(), Map.of()), () -> {});
    deliver("old\n");
    hub.disconnect();
    Attachment client = hub.attachWithLog(StreamSelection.output(), file);
    hub.connect(new JsonFileLog(file, Clock.systemUTC(), Map.of()), () -> {});
    deliver("new\n");
    hub.endOutput();
    hub.disconnect();
    assertEquals("old\nnew\n", Processes.takeAll(client));
  }

  private void run(String output) {
    hub.connect(LogSink.none(), () -> {});
    deliver(output);
    hub.endOutput();
    hub.disconnect();
  }

  private void deliver(String output) {
    byte[] bytes = Processes.utf8(output);
    assertFalse(hub.deliver(Chunk.STDOUT, bytes, bytes.length));
  }
}
