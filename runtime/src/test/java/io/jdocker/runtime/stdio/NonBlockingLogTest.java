package io.jdocker.runtime.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With an executor that runs when told, as a disk that hangs. */
class NonBlockingLogTest {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> written = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final NonBlockingLog log = new NonBlockingLog(new Slow(), 10, tasks::add);

  private final class Slow implements LogSink {
    @Override
    public void write(int stream, byte[] bytes, int offset, int length) {
      written.add(stream + ":" + new String(bytes, offset, length, UTF_8));
    }

    @Override
    public void flush() {
      calls.add("flush after " + written.size());
    }

    @Override
    public Optional<LogSnapshot> snapshot() {
      calls.add("snapshot after " + written.size());
      return Optional.empty();
    }

    @Override
    public Optional<LogPosition> position() {
      throw new AssertionError("nothing of it is in the journal");
    }

    @Override
    public void close() {
      calls.add("close after " + written.size());
    }
  }

  private void write(String text) {
    byte[] bytes = ("##" + text + "##").getBytes(UTF_8);
    log.write(Chunk.STDOUT, bytes, 2, bytes.length - 4);
    java.util.Arrays.fill(bytes, (byte) '?'); // the caller's buffer is used again
  }

  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void nothingIsWrittenByTheCaller() {
    write("abc");
    write("def");
    assertTrue(written.isEmpty());
    assertEquals(1, tasks.size(), "one worker at a time");
    work();
    assertEquals(List.of("1:abc", "1:def"), written);
  }

  @Test
  void whatDoesNotFitIsLost() {
    write("12345678");
    write("901");
    write("ab");
    work();
    assertEquals(List.of("1:12345678", "1:ab"), written);
    assertEquals(3, log.dropped());
  }

  @Test
  void thereIsRoomAgainAfterwards() {
    write("1234567890");
    work();
    write("0987654321");
    work();
    assertEquals(List.of("1:1234567890", "1:0987654321"), written);
    assertEquals(0, log.dropped());
  }

  @Test
  void onePieceIsTakenWhateverItsSize() {
    write("more than ten bytes");
    write("x");
    work();
    assertEquals(List.of("1:more than ten bytes"), written);
    assertEquals(1, log.dropped());
  }

  @Test
  void theEndWaitsForTheWorker() throws Exception {
    write("abc");
    Thread worker = new Thread(this::work);
    worker.start();
    log.flush();
    log.snapshot();
    log.close();
    worker.join();
    assertEquals(List.of("flush after 1", "snapshot after 1", "close after 1"), calls);
  }

  @Test
  void whoFlushesDoesNotWait() {
    write("abc");
    log.flush();
    assertEquals(List.of(), calls, "the disk hangs");
    work();
    assertEquals(List.of("flush after 1"), calls);
    log.flush();
    work();
    assertEquals(2, calls.size(), "also when nothing waits to be written");
  }

  @Test
  void noJournalKeepsWhatMayBeLost() {
    assertEquals(Optional.empty(), log.position());
  }
}
