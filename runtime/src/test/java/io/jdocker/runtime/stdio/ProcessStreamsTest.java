package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real pipes; the test plays the process at their far ends. */
@Timeout(30)
final class ProcessStreamsTest {
  private final Kernel kernel = Kernel.load();
  private final EventLoop loop = EventLoop.start(kernel);
  private final RecordingSink log = new RecordingSink();
  private final List<Fd> processEnds = new ArrayList<>();

  @AfterEach
  void closeAll() {
    processEnds.forEach(Fd::close);
    loop.close();
  }

  @Test
  void aClientAttachedBeforeTheStartGetsTheFirstByte() throws InterruptedException {
    StreamHub hub = new StreamHub(StdinMode.NONE, false);
    Attachment client = hub.attach(StreamSelection.output());
    PollCalls.Pipe stdout = kernel.polls().createPipe();
    Processes.write(kernel, stdout.writeEnd(), "first");
    ProcessStreams streams = connect(hub, Optional.empty(), stdout, Optional.empty());
    stdout.writeEnd().close();

    assertEquals("first", Processes.takeAll(client));
    streams.drained().join();
    assertEquals("first", log.stdout());
    assertTrue(log.isFlushed());
    assertFalse(log.isClosed());
    streams.finish();
    assertTrue(log.isClosed());
  }

  @Test
  void bothStreamsArriveUnderTheirNumbers() throws InterruptedException {
    StreamHub hub = new StreamHub(StdinMode.NONE, false);
    Attachment errors = hub.attach(new StreamSelection(false, false, true));
    PollCalls.Pipe stdout = kernel.polls().createPipe();
    PollCalls.Pipe stderr = kernel.polls().createPipe();
    ProcessStreams streams = connect(hub, Optional.empty(), stdout, Optional.of(stderr));
    Processes.write(kernel, stdout.writeEnd(), "out");
    Processes.write(kernel, stderr.writeEnd(), "err");
    stdout.writeEnd().close();
    stderr.writeEnd().close();

    Chunk chunk = errors.take().orElseThrow();
    assertEquals(Chunk.STDERR, chunk.stream());
    assertEquals("err", Processes.text(chunk));
    assertEquals(Optional.empty(), errors.take());
    streams.drained().join();
    assertEquals("out", log.stdout());
    assertEquals("err", log.stderr());
    streams.finish();
  }

  @Test
  void inputAndItsEndSentBeforeTheStartAreDelivered() throws InterruptedException {
    StreamHub hub = new StreamHub(StdinMode.CLOSE_WITH_CLIENT, false);
    Attachment client = hub.attach(StreamSelection.all());
    assertTrue(client.writeStdin(Processes.utf8("hello"), 0, 5));
    client.closeStdin();
    PollCalls.Pipe stdin = kernel.polls().createPipe();
    PollCalls.Pipe stdout = kernel.polls().createPipe();
    ProcessStreams streams = connect(hub, Optional.of(stdin), stdout, Optional.empty());

    assertEquals("hello", Processes.readAll(kernel, stdin.readEnd()));
    Processes.write(kernel, stdout.writeEnd(), "still heard");
    stdout.writeEnd().close();
    assertEquals("still heard", Processes.takeAll(client));
    streams.finish();
  }

  @Test
  void finishTakesWhatThePipeHoldsThoughSomebodyKeepsItOpen() throws InterruptedException {
    StreamHub hub = new StreamHub(StdinMode.NONE, false);
    Attachment client = hub.attach(StreamSelection.output());
    PollCalls.Pipe stdout = kernel.polls().createPipe();
    ProcessStreams streams = connect(hub, Optional.empty(), stdout, Optional.empty());
    Processes.write(kernel, stdout.writeEnd(), "last words");
    assertFalse(streams.drained().isDone());
    streams.finish();

    streams.drained().join();
    assertEquals("last words", Processes.takeAll(client));
    assertEquals("last words", log.stdout());
    assertTrue(log.isClosed());
    streams.finish();
    streams.close();
  }

  @Test
  void whatIsWrittenAfterCloseStaysInThePipe() throws InterruptedException {
    StreamHub hub = new StreamHub(StdinMode.NONE, false);
    PollCalls.Pipe stdout = kernel.polls().createPipe();
    try (Fd keeper = kernel.files().duplicate(stdout.readEnd(), 0)) {
      ProcessStreams streams = connect(hub, Optional.empty(), stdout, Optional.empty());
      streams.close();
      assertThrows(CompletionException.class, () -> streams.drained().join());
      Processes.write(kernel, stdout.writeEnd(), "kept");
      assertEquals("kept", Processes.read(kernel, keeper));
    }
    assertEquals("", log.stdout());
  }

  private ProcessStreams connect(
      StreamHub hub,
      Optional<PollCalls.Pipe> stdin,
      PollCalls.Pipe stdout,
      Optional<PollCalls.Pipe> stderr) {
    stdin.ifPresent(pipe -> processEnds.add(pipe.readEnd()));
    processEnds.add(stdout.writeEnd());
    stderr.ifPresent(pipe -> processEnds.add(pipe.writeEnd()));
    StdioEnds ends =
        new StdioEnds.Pipes(
            stdin.map(PollCalls.Pipe::writeEnd),
            stdout.readEnd(),
            stderr.map(PollCalls.Pipe::readEnd));
    return ProcessStreams.connect(kernel, loop, hub, ends, log);
  }
}
