package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.PollCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread carries every container's output. */
@Timeout(60)
final class ManyPipesTest {
  private static final int CONTAINERS = 100;
  private static final int ROUNDS = 200;

  private record Container(
      ProcessStreams streams,
      PollCalls.Pipe stdout,
      PollCalls.Pipe stderr,
      Attachment client,
      RecordingSink log) {}

  private final Kernel kernel = Kernel.load();

  @Test
  void everyByteOfTwoHundredPipesArrivesOnceAndInOrder() throws InterruptedException {
    EventLoop loop = EventLoop.start(kernel);
    List<Container> containers = new ArrayList<>();
    for (int i = 0; i < CONTAINERS; i++) {
      containers.add(start(loop));
    }
    StringBuilder expected = new StringBuilder();
    for (int round = 0; round < ROUNDS; round++) {
      String line = "line " + round + " of a container\n";
      expected.append(line);
      for (Container container : containers) {
        Processes.write(kernel, container.stdout.writeEnd(), line);
        Processes.write(kernel, container.stderr.writeEnd(), line);
      }
    }
    for (Container container : containers) {
      container.stdout.writeEnd().close();
      container.stderr.writeEnd().close();
    }
    for (Container container : containers) {
      container.streams.drained().join();
      assertEquals(expected.toString(), container.log.stdout());
      assertEquals(expected.toString(), container.log.stderr());
      assertEquals(2 * expected.length(), Processes.takeAll(container.client).length());
      container.streams.finish();
    }
    loop.close();
  }

  private Container start(EventLoop loop) {
    PollCalls.Pipe stdout = kernel.polls().createPipe();
    PollCalls.Pipe stderr = kernel.polls().createPipe();
    StreamHub hub = new StreamHub(StdinMode.NONE, false);
    Attachment client = hub.attach(StreamSelection.output());
    RecordingSink log = new RecordingSink();
    StdioEnds ends =
        new StdioEnds.Pipes(Optional.empty(), stdout.readEnd(), Optional.of(stderr.readEnd()));
    return new Container(
        ProcessStreams.connect(kernel, loop, hub, ends, log), stdout, stderr, client, log);
  }
}
