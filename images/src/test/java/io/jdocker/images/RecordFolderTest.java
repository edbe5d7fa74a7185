package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordFolderTest {
  @TempDir private Path folder;
  private RecordFolder<String> records;

  @BeforeEach
  void open() {
    records =
        new RecordFolder<>(
            folder,
            value -> {
              JsonObject object = new JsonObject();
              object.addProperty("value", value);
              return object;
            },
            document -> document.required("value"));
  }

  @Test
  void recordsComeBackInTheOrderOfTheirKeys() {
    records.write("b", "2");
    records.write("a", "<&> \u00e9 \n");
    assertEquals(List.of("<&> \u00e9 \n", "2"), records.load());
  }

  @Test
  void aRecordReplacesTheOneBefore() {
    records.write("a", "1");
    records.write("a", "2");
    assertEquals(List.of("2"), records.load());
  }

  @Test
  void aRecordIsDeletedOnce() {
    records.write("a", "1");
    records.delete("a");
    records.delete("a");
    records.delete("never");
    assertEquals(List.of(), records.load());
  }

  @Test
  void whatACrashLeftHalfWrittenGoes() throws IOException {
    records.write("a", "1");
    Path half = Files.writeString(folder.resolve("b.json.tmp"), "{\"val");
    assertEquals(List.of("1"), records.load());
    assertFalse(Files.exists(half));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"value\":7}", "\0\0\0\0"})
  void aRecordThatCannotBeReadStopsTheStartAndStays(String content) throws IOException {
    records.write("a", "1");
    Path broken = Files.writeString(folder.resolve("b.json"), content);
    SystemFailure e = assertThrows(SystemFailure.class, records::load);
    assertTrue(e.getMessage().startsWith("broken state file: " + broken), e.getMessage());
    assertTrue(
        e.getMessage().endsWith("; move " + broken + " away to start without it"), e.getMessage());
    assertTrue(Files.exists(broken));
  }

  @Test
  void aFolderThatIsGoneIsAFailureThatNamesIt() throws IOException {
    Files.delete(folder);
    SystemFailure e = assertThrows(SystemFailure.class, records::load);
    assertTrue(e.getMessage().startsWith("cannot read " + folder), e.getMessage());
    Files.createDirectory(folder);
  }
}
