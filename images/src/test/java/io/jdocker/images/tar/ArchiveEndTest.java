package io.jdocker.images.tar;

import static io.jdocker.images.testing.RawTar.header;
import static io.jdocker.images.testing.RawTar.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.RawTar;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How archives end: as POSIX says, as sloppy writers do, and when a connection breaks. */
final class ArchiveEndTest {
  private static RawTar two() {
    return new RawTar().member("a", '0', "1").member("b", '0', "2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 20})
  void zeroBlocksEndIt(int count) throws Exception {
    assertEquals(List.of("a", "b"), Members.names(two().zeros(count).build()));
  }

  @Test
  void whatFollowsTheEndIsNotRead() throws Exception {
    byte[] tar = two().zeros(2).member("hidden", '0', "").zeros(2).build();
    assertEquals(List.of("a", "b"), Members.names(tar));
    byte[] junk = two().zeros(1).data("no header at all").build();
    assertEquals(List.of("a", "b"), Members.names(junk));
  }

  @Test
  void anEmptyArchiveIsTwoZeroBlocksOrNothing() throws Exception {
    assertEquals(List.of(), Members.names(new RawTar().zeros(2).build()));
    assertEquals(List.of(), Members.names(new byte[0]));
  }

  @Test
  void drainReadsToTheStreamsEnd() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(two().zeros(20).data("tail").build());
    TarReader reader = new TarReader(in);
    while (reader.next().isPresent()) {
      assertTrue(in.available() > 0);
    }
    assertTrue(in.available() > 0, "the padding is still to come");
    reader.drain();
    assertEquals(0, in.available());
  }

  /** Each length that is neither the end of a member nor of the archive. */
  @Test
  void everyOtherCutIsAnError() throws Exception {
    byte[] tar = new RawTar().member("pax", 'x', record("path", "p")).member("a", '0', "1").build();
    for (int length = 1; length < tar.length; length++) {
      byte[] cut = Arrays.copyOf(tar, length);
      if (length == 512) {
        continue; // that of an extension without its content, below
      }
      if (length == 1024) {
        assertEquals(List.of(), Members.names(cut));
        continue;
      }
      assertThrows(EOFException.class, () -> Members.read(cut), "cut at " + length);
    }
  }

  @Test
  void anExtensionWithoutItsContentIsAnError() {
    byte[] tar = new RawTar().header(header("pax", 'x').size(10)).build();
    EOFException e = assertThrows(EOFException.class, () -> Members.read(tar));
    assertEquals("archive is cut short", e.getMessage());
  }

  @Test
  void aSizeBeyondTheArchiveIsAnErrorOnceReadOrSkipped() throws IOException {
    byte[] tar = new RawTar().header(header("f", '0').size(8L << 30)).data("few").build();
    assertThrows(EOFException.class, () -> Members.read(tar));
    TarReader reader = new TarReader(new ByteArrayInputStream(tar));
    assertEquals(8L << 30, reader.next().orElseThrow().size());
    assertThrows(EOFException.class, reader::next, "skipped");
  }

  @ParameterizedTest
  @ValueSource(chars = {'x', 'L', 'K'})
  void anExtensionOfGigabytesTakesNoMemory(char type) {
    byte[] tar = new RawTar().header(header("e", type).size(8L << 30)).build();
    TarFormatException e = assertThrows(TarFormatException.class, () -> Members.read(tar));
    assertEquals("tar extension header of 8589934592 bytes is too large", e.getMessage());
  }

  @Test
  void anExtensionOfAMegabyteIsTheLargest() throws Exception {
    String name = "n".repeat(1 << 20);
    byte[] tar = new RawTar().member("l", 'L', name).member("f", '0', "").build();
    assertEquals(List.of(name), Members.names(tar));
    byte[] more = new RawTar().member("l", 'L', name + "n").member("f", '0', "").build();
    assertThrows(TarFormatException.class, () -> Members.read(more));
  }

  @Test
  void aMemberNeedNotBeReadToItsEnd() throws IOException {
    byte[] tar = new RawTar().member("a", '0', "x".repeat(1000)).member("b", '0', "2").build();
    TarReader reader = new TarReader(new ByteArrayInputStream(tar));
    InputStream first = read(reader);
    assertEquals('x', first.read());
    assertEquals("b", reader.next().orElseThrow().name());
    assertEquals('2', first.read(), "a content is the current member's");
    assertEquals(-1, first.read());
  }

  private static InputStream read(TarReader reader) throws IOException {
    assertEquals("a", reader.next().orElseThrow().name());
    return reader.content();
  }

  @Test
  void aStreamThatGivesAByteAtATimeIsReadAlike() throws IOException {
    byte[] tar = two().member("l", 'L', "long").member("c", '0', "3".repeat(700)).zeros(2).build();
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(tar)) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, 1));
          }
        };
    TarReader reader = new TarReader(slow);
    assertEquals("a", reader.next().orElseThrow().name());
    assertEquals("b", reader.next().orElseThrow().name());
    assertEquals("long", reader.next().orElseThrow().name());
    assertEquals(700, reader.content().readAllBytes().length);
    assertTrue(reader.next().isEmpty());
  }

  @Test
  void theReaderTakesNoByteBeyondTheHeader() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(two().build());
    new TarReader(in).next();
    assertEquals(3 * RawTar.BLOCK, in.available(), "whoever reads the data finds it there");
  }
}
