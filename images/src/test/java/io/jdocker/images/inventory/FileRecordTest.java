package io.jdocker.images.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.inventory.FileRecord.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file as a line, and back. */
final class FileRecordTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindComesBack(Kind kind) throws IOException {
    FileRecord record =
        new FileRecord(kind, 04755, 4294967295L, 7, 1L << 40, 0xcafebabeL, "a/b", "c");
    assertEquals(record, FileRecord.parse(record.line()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new\nline", "tab\ttab", "100%", "%41", "é/日本", " lead", "\u007f", "\r", "."})
  void everyNameIsOneLineAndComesBack(String name) throws IOException {
    FileRecord record = new FileRecord(Kind.SYMBOLIC_LINK, 0777, 0, 0, 0, -1, name, name);
    String line = record.line();
    assertFalse(line.contains("\n") || line.contains("\r"), line);
    assertEquals(record, FileRecord.parse(line));
  }

  @Test
  void aLineReadsAsItLooks() {
    FileRecord record = new FileRecord(Kind.FILE, 0644, 1, 2, 3, 255, "p", "");
    assertEquals("f\t644\t1\t2\t3\tff\tp\t", record.line());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "f",
        "f\t644\t0\t0\t3\tff\tp",
        "z\t644\t0\t0\t3\tff\tp\t",
        "f\t9\t0\t0\t3\tff\tp\t",
        "f\t644\tx\t0\t3\tff\tp\t",
        "f\t644\t0\t0\t3\tgg\tp\t",
        "f\t644\t0\t0\t3\tff\tp\t\t",
        "f\t644\t0\t0\t3\tff\t%zz\t"
      })
  void anythingElseIsDamage(String line) {
    assertThrows(IOException.class, () -> FileRecord.parse(line));
  }
}
