package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.WindowSize;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.Chunk;
import io.jdocker.runtime.stdio.StreamSelection;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers with a terminal. */
final class TerminalIT {
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  @Test
  void itIsTheFirstOfItsOwnAndTheConsole() throws Exception {
    TestEngine.Outcome outcome =
        test.run(Specs.shell("tty; test -c /dev/console && echo console").terminal().spec());
    assertEquals("/dev/pts/0\r\nconsole\r\n", outcome.stdout());
  }

  @Test
  void aResizeReachesTheProgram() throws Exception {
    Container container = test.start(Specs.run("sh").terminal().stdin(true).spec());
    String id = container.id().hex();
    try (Attachment attachment =
        test.engine().containers().attach(id, StreamSelection.all(), false)) {
      test.engine().containers().resize(id, new WindowSize(33, 99));
      type(attachment, "stty size; exit 4\n");
      String seen = readUntil(attachment, "33 99");
      assertTrue(seen.contains("33 99"), seen);
    }
    assertEquals(4, test.awaitExit(id));
  }

  @Test
  void controlCInterrupts() throws Exception {
    Container container =
        test.start(
            Specs.shell("trap 'exit 42' INT; echo ready; while :; do sleep 0.05; done")
                .terminal()
                .stdin(true)
                .spec());
    String id = container.id().hex();
    try (Attachment attachment =
        test.engine().containers().attach(id, StreamSelection.all(), true)) {
      readUntil(attachment, "ready");
      type(attachment, "\u0003");
      assertEquals(42, test.awaitExit(id));
    }
  }

  @Test
  void aTerminalOutlivesTheEngine() throws Exception {
    Container container = test.start(Specs.run("sh").terminal().stdin(false).spec());
    String id = container.id().hex();
    Engine second = test.reopen();
    try (Attachment attachment = second.containers().attach(id, StreamSelection.all(), false)) {
      type(attachment, "echo still-here; exit 6\n");
      assertTrue(readUntil(attachment, "still-here\r\n").contains("still-here\r\n"));
    }
    assertEquals(6, test.awaitExit(id));
  }

  private static void type(Attachment attachment, String text) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertTrue(attachment.writeStdin(bytes, 0, bytes.length));
  }

  private static String readUntil(Attachment attachment, String wanted)
      throws InterruptedException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(wanted) < 0) {
      Chunk chunk = attachment.take().orElse(null);
      if (chunk == null) {
        return seen.toString();
      }
      seen.append(new String(chunk.bytes(), StandardCharsets.UTF_8));
    }
    return seen.toString();
  }
}
