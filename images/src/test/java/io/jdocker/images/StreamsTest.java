package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small streams that a layer passes on its way to disk. */
final class StreamsTest {
  private static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void aBlobIsHashedWhileItIsWritten() throws IOException {
    Path file = folder.resolve("blob");
    try (BlobWriter writer = new BlobWriter(file)) {
      assertEquals(0, writer.size());
      writer.write(CONTENT, 0, 4);
      assertEquals(4, writer.size());
      writer.write(CONTENT, 4, 0);
      writer.write(CONTENT, 4, CONTENT.length - 4);
      assertEquals(new StagedBlob(file, Digest.of(CONTENT), CONTENT.length), writer.finish());
    }
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
  }

  @Test
  void anEmptyBlobIsOneToo() throws IOException {
    Path file = folder.resolve("blob");
    try (BlobWriter writer = new BlobWriter(file)) {
      assertEquals(new StagedBlob(file, Digest.of(new byte[0]), 0), writer.finish());
    }
    assertEquals(0, Files.size(file));
  }

  @Test
  void aBlobReplacesNoFile() throws IOException {
    Path file = Files.writeString(folder.resolve("blob"), "there");
    SystemFailure e = assertThrows(SystemFailure.class, () -> new BlobWriter(file));
    assertTrue(e.getMessage().startsWith("cannot write " + file), e.getMessage());
    assertEquals("there", Files.readString(file));
  }

  @Test
  void aBlobInNoFolderIsAFailureThatNamesTheFile() {
    Path file = folder.resolve("none").resolve("blob");
    SystemFailure e = assertThrows(SystemFailure.class, () -> new BlobWriter(file));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @Test
  void aBlobThatIsClosedTakesNoMore() {
    BlobWriter writer = new BlobWriter(folder.resolve("blob"));
    writer.close();
    writer.close();
    assertThrows(SystemFailure.class, () -> writer.write(CONTENT, 0, 1));
    assertEquals(0, writer.size());
  }

  @Test
  void aTeeCopiesWhatIsReadInEveryWay() throws IOException {
    Path file = folder.resolve("copy");
    try (BlobWriter copy = new BlobWriter(file);
        InputStream in = new TeeInput(new ByteArrayInputStream(CONTENT), copy)) {
      assertFalse(in.markSupported(), "what is read twice would be copied twice");
      assertEquals('s', in.read());
      byte[] buffer = new byte[8];
      assertEquals(3, in.read(buffer, 2, 3));
      assertEquals('o', buffer[2]);
      assertEquals(CONTENT.length - 4, in.readAllBytes().length);
      assertEquals(-1, in.read());
      assertEquals(Digest.of(CONTENT), copy.finish().digest());
    }
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
  }

  private static final class Told implements ProgressListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void unpacking(String layer, long count, long total) {
      lines.add(layer + " " + count + "/" + total);
    }
  }

  @Test
  void progressIsToldEveryHalfMebibyte() throws IOException {
    Told told = new Told();
    byte[] buffer = new byte[1 << 18];
    try (InputStream in =
        new CountedInput(new ByteArrayInputStream(new byte[(1 << 20) + 1]), "layer", 9, told)) {
      while (in.read(buffer, 0, buffer.length) >= 0) {
        assertTrue(told.lines.size() <= 2);
      }
    }
    assertEquals(List.of("layer 524288/9", "layer 1048576/9"), told.lines);
  }

  @Test
  void aSmallLayerIsToldNothing() throws IOException {
    Told told = new Told();
    try (InputStream in =
        new CountedInput(new ByteArrayInputStream(new byte[100_000]), "layer", -1, told)) {
      assertEquals(100_000, in.readAllBytes().length);
    }
    assertEquals(List.of(), told.lines);
  }

  @Test
  void anotherOnesStreamStaysOpen() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream owned =
        new ByteArrayInputStream(CONTENT) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (InputStream in = new Unclosed(owned)) {
      assertEquals('s', in.read());
    }
    assertFalse(closed.get());
    assertEquals('o', owned.read());
  }
}
