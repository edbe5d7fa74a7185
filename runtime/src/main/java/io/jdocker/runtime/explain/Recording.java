package io.jdocker.runtime.explain;

import io.jdocker.linux.trace.Trace;
import io.jdocker.linux.trace.TraceEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The trace of a container's last start and end: in memory while it is made, in a file from soon
 * after, so that it outlives the engine and takes no memory. Thread-safe.
 */
public final class Recording {
  private final TraceFile file;
  private final LiveTrace live = new LiveTrace();
  private Trace trace;
  private boolean replacesFile;

  /**
   * @param file where it is kept; its folder may be gone by the time
   */
  public Recording(Path file) {
    this.file = new TraceFile(file);
    this.trace = watched();
  }

  private Trace watched() {
    Trace made = Trace.on();
    made.listen(live::publish, live::isWatched);
    return made;
  }

  /** A start begins: what was recorded of the one before is forgotten. */
  public synchronized Trace begin() {
    trace = watched();
    replacesFile = true;
    return trace;
  }

  /** Where further effects of the run at hand are recorded. */
  public synchronized Trace trace() {
    return trace;
  }

  /** Who watches. */
  public LiveTrace live() {
    return live;
  }

  /** All that is known of the last start and end. */
  public synchronized List<TraceEntry> entries() {
    List<TraceEntry> all = new ArrayList<>(replacesFile ? List.of() : file.read());
    all.addAll(trace.entries());
    return List.copyOf(all);
  }

  /** Moves what is in memory to the file; without its folder nothing is kept any more. */
  public synchronized void save() {
    List<TraceEntry> entries = trace.drain();
    if (entries.isEmpty() || !Files.isDirectory(file.path().getParent())) {
      return;
    }
    if (replacesFile) {
      file.replace(entries);
      replacesFile = false;
    } else {
      file.append(entries);
    }
  }
}
