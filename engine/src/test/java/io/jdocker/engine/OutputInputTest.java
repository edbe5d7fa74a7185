package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that comes in pieces, read as a stream. */
class OutputInputTest {
  private static class Pieces implements Source<OutputChunk> {
    private final Deque<OutputChunk> pieces = new ArrayDeque<>();
    private int closed;

    Pieces(String... texts) {
      for (String text : texts) {
        pieces.add(chunk(text));
      }
    }

    @Override
    public Optional<OutputChunk> next() throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return Optional.ofNullable(pieces.poll());
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private static OutputChunk chunk(String text) {
    return new OutputChunk(OutputChunk.Stream.STDOUT, text.getBytes(StandardCharsets.UTF_8));
  }

  private static OutputInput input(String... texts) {
    return new OutputInput(new Pieces(texts));
  }

  @Test
  void piecesAreOneStream() throws IOException {
    assertEquals(
        "abcdef", new String(input("ab", "", "c", "def").readAllBytes(), StandardCharsets.UTF_8));
  }

  @Test
  void nothingIsTheEndAgainAndAgain() throws IOException {
    OutputInput input = input();
    assertEquals(-1, input.read());
    assertEquals(-1, input.read(new byte[4], 0, 4));
    assertEquals(-1, input.read());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 64})
  void anyBufferReadsTheSame(int size) throws IOException {
    OutputInput input = input("\u00e9\u00e8", "x", "", "\ud83d\ude00");
    StringBuilder hex = new StringBuilder();
    byte[] buffer = new byte[size];
    for (int count = input.read(buffer); count > 0; count = input.read(buffer)) {
      for (int i = 0; i < count; i++) {
        hex.append(String.format("%02x", buffer[i]));
      }
    }
    assertEquals("c3a9c3a878f09f9880", hex.toString());
  }

  @Test
  void aReadGivesWhatIsThereAndDoesNotWaitForMore() throws IOException {
    OutputInput input = input("abc", "def");
    byte[] buffer = new byte[10];
    assertEquals(3, input.read(buffer, 2, 8));
    assertArrayEquals(new byte[] {0, 0, 'a', 'b', 'c', 0, 0, 0, 0, 0}, buffer);
    assertEquals(0, input.available());
  }

  @Test
  void whatIsAvailableCanBeReadWithoutWaiting() throws IOException {
    OutputInput input = input("abc");
    assertEquals(0, input.available());
    assertEquals('a', input.read());
    assertEquals(2, input.available());
  }

  @Test
  void aByteAbove127IsNoEnd() throws IOException {
    OutputInput input =
        new OutputInput(
            new Pieces() {
              // the one piece is bytes that are no text
              @Override
              public Optional<OutputChunk> next() {
                return Optional.of(
                    new OutputChunk(OutputChunk.Stream.STDERR, new byte[] {(byte) 0xff}));
              }
            });
    assertEquals(255, input.read());
  }

  @Test
  void noneWantedIsNoneRead() throws IOException {
    Pieces pieces = new Pieces("a");
    assertEquals(0, new OutputInput(pieces).read(new byte[0], 0, 0));
    assertEquals(1, pieces.pieces.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
  void aWrongLengthIsRefused(int length) {
    assertThrows(IndexOutOfBoundsException.class, () -> input("a").read(new byte[2], 0, length));
  }

  @Test
  void interruptedIsSaidAndStaysSo() {
    Thread.currentThread().interrupt();
    InterruptedIOException failure =
        assertThrows(InterruptedIOException.class, () -> input("a").read());
    assertTrue(Thread.interrupted(), "the caller can see it");
    assertEquals("interrupted while waiting for output", failure.getMessage());
  }

  @Test
  void closingClosesTheSource() {
    Pieces pieces = new Pieces("a");
    new OutputInput(pieces).close();
    assertEquals(1, pieces.closed);
  }

  @Test
  void aPiecesBytesAreItsOwn() {
    OutputChunk chunk = chunk("abc");
    chunk.bytes()[0] = 'x';
    assertEquals("abc", chunk.text());
    assertEquals("STDOUT: abc", chunk.toString());
    assertEquals(OutputChunk.Stream.STDOUT, chunk.stream());
  }
}
