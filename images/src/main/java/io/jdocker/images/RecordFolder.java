package io.jdocker.images;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.jdocker.linux.durable.AtomicFile;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder with one JSON file for each record: the truth that a start reads. */
final class RecordFolder<T> {
  private static final String ENDING = ".json";
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final Path folder;
  private final Function<T, JsonObject> writer;
  private final Function<JsonDocument, T> reader;

  RecordFolder(Path folder, Function<T, JsonObject> writer, Function<JsonDocument, T> reader) {
    this.folder = folder;
    this.writer = writer;
    this.reader = reader;
  }

  /** Every record. One that cannot be read stops the start: guessing would delete its layers. */
  List<T> load() {
    List<T> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(ENDING)) {
          records.add(read(file));
        } else {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + folder + ": " + e.getMessage(), e);
    }
    return records;
  }

  private T read(Path file) throws IOException {
    try {
      return reader.apply(JsonDocument.parse(file.toString(), Files.readAllBytes(file)));
    } catch (InvalidArgument e) {
      throw new SystemFailure(
          "broken state file: " + e.getMessage() + "; move " + file + " away to start without it",
          e);
    }
  }

  void write(String key, T value) {
    AtomicFile.write(file(key), GSON.toJson(writer.apply(value)).getBytes(StandardCharsets.UTF_8));
  }

  void delete(String key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      throw new SystemFailure("cannot delete " + file(key) + ": " + e.getMessage(), e);
    }
  }

  private Path file(String key) {
    return folder.resolve(key + ENDING);
  }
}
