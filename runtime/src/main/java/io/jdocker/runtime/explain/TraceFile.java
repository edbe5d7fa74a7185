package io.jdocker.runtime.explain;

import com.google.gson.JsonParseException;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.TraceEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A container's trace on disk: JSON, a line for each effect. It is replaced by a rename, so that a
 * reader sees a whole one; it is not forced to the disk, as nothing depends on it.
 *
 * @param path in a folder that exists
 */
record TraceFile(Path path) {
  /** Empty where no trace was kept. */
  List<TraceEntry> read() {
    try {
      return Files.exists(path) ? new TraceJson().read(Files.readString(path)) : List.of();
    } catch (JsonParseException e) {
      throw new SystemFailure(
          path + " is no trace: " + e.getMessage() + "; start the container again for a new one",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  void replace(List<TraceEntry> entries) {
    Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
    try {
      Files.writeString(temporary, new TraceJson().lines(entries));
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  void append(List<TraceEntry> entries) {
    List<TraceEntry> all = new ArrayList<>(read());
    all.addAll(entries);
    replace(all);
  }
}
