package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.WindowSize;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real pty; the test plays the process on its terminal. */
@Timeout(30)
final class TerminalStreamsTest {
  private final Kernel kernel = Kernel.load();
  private final EventLoop loop = EventLoop.start(kernel);
  private final Fd master =
      kernel.files().open("/dev/ptmx", OpenFlags.O_RDWR | OpenFlags.O_NOCTTY, 0);
  private final Fd terminal = kernel.terminals().openPeer(master);
  private final StreamHub hub = new StreamHub(StdinMode.CLOSE_WITH_CLIENT, true);
  private final RecordingSink log = new RecordingSink();
  private final Attachment client = hub.attach(StreamSelection.all());
  private final ProcessStreams streams =
      ProcessStreams.connect(kernel, loop, hub, new StdioEnds.Terminal(master), log);

  @AfterEach
  void closeAll() {
    streams.close();
    terminal.close();
    loop.close();
  }

  @Test
  void outputEndsWhenNobodyHasTheTerminalOpen() throws InterruptedException {
    Processes.write(kernel, terminal, "one\n");
    terminal.close();
    assertEquals("one\r\n", Processes.takeAll(client));
    streams.drained().join();
    assertEquals("one\r\n", log.stdout());
  }

  @Test
  void keysReachTheProcessAndAreEchoed() throws InterruptedException {
    assertTrue(client.writeStdin(Processes.utf8("key\r"), 0, 4));
    assertEquals("key\n", Processes.read(kernel, terminal));
    assertEquals("key\r\n", takeUntil("\n"));
  }

  @Test
  void noClientClosesATerminal() throws InterruptedException {
    client.closeStdin();
    assertEquals(Optional.empty(), client.take());
    Attachment next = hub.attach(StreamSelection.all());
    assertTrue(next.writeStdin(Processes.utf8("more\r"), 0, 5));
    assertEquals("more\n", Processes.read(kernel, terminal));
  }

  @Test
  void theSizeIsSetWhileTheProcessRuns() {
    assertTrue(streams.resize(new WindowSize(40, 132)));
    assertEquals(Optional.of(new WindowSize(40, 132)), kernel.terminals().size(terminal));
    streams.finish();
    assertFalse(streams.resize(new WindowSize(24, 80)));
  }

  private String takeUntil(String end) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    while (!all.toString().endsWith(end)) {
      all.append(Processes.text(client.take().orElseThrow()));
    }
    return all.toString();
  }
}
