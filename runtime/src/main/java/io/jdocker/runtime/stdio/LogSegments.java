package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The files of a log at one moment. */
final class LogSegments {
  private LogSegments() {}

  /**
   * Opens all, oldest first. The newest is opened first: where the log goes on in a new file
   * meanwhile, one is met twice, never missed.
   */
  static Deque<LogSegment> open(Path log) throws IOException {
    Deque<LogSegment> segments = new ArrayDeque<>();
    Set<Long> met = new HashSet<>();
    if (Files.exists(log)) {
      add(log, segments, met);
    }
    RotatedFiles earlier = new RotatedFiles(log, Integer.MAX_VALUE);
    int number = 1;
    for (Optional<Path> file = earlier.find(number);
        file.isPresent();
        file = earlier.find(number)) {
      add(file.get(), segments, met);
      number++;
    }
    return segments;
  }

  private static void add(Path file, Deque<LogSegment> segments, Set<Long> met) throws IOException {
    try {
      LogSegment segment = LogSegment.open(file);
      if (met.add(segment.inode())) {
        segments.addFirst(segment);
      } else {
        segment.close();
      }
    } catch (NoSuchFileException e) {
      return; // dropped or renamed in this moment, so it is the same as one met before, or gone
    }
  }

  /**
   * Keeps those with the last lines.
   *
   * @return where to begin in the first of them
   */
  static long keepTail(Deque<LogSegment> segments, OptionalLong lines) throws IOException {
    if (lines.isEmpty() || segments.isEmpty()) {
      return 0;
    }
    Deque<LogSegment> kept = new ArrayDeque<>();
    long wanted = lines.getAsLong();
    long start = 0;
    boolean enough = false;
    while (!segments.isEmpty() && !enough) {
      LogSegment segment = segments.removeLast();
      LogTail.Found found = LogTail.find(segment.records(), wanted, kept.isEmpty());
      kept.addFirst(segment);
      start = found.position();
      wanted -= found.lines();
      enough = found.isEnough();
    }
    for (LogSegment older : segments) {
      older.close();
    }
    segments.clear();
    segments.addAll(kept);
    return start;
  }

  /** What the last record says beside its text; every record of a run says the same. */
  static Map<String, String> lastAttributes(Path log) throws IOException {
    for (Deque<LogSegment> segments = open(log); !segments.isEmpty(); ) {
      try (LogSegment segment = segments.removeLast()) {
        FileChannel records = segment.records();
        LogLines lines = new LogLines(records, LogTail.start(records, 1), records.size());
        Optional<byte[]> last = Optional.empty();
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
          last = line;
        }
        if (last.isPresent()) {
          for (LogSegment older : segments) {
            older.close();
          }
          return LogRecord.parse(last.get()).map(LogRecord::attributes).orElse(Map.of());
        }
      }
    }
    return Map.of();
  }

  /** How many records were written since, be it in other files than then. */
  static long recordsSince(LogPosition position) throws IOException {
    long records = 0;
    for (Deque<LogSegment> segments = open(position.log()); !segments.isEmpty(); ) {
      try (LogSegment segment = segments.removeLast()) {
        boolean first = segment.inode() == position.inode();
        FileChannel file = segment.records();
        LogLines lines = new LogLines(file, first ? position.length() : 0, file.size());
        while (lines.next().isPresent()) {
          records++;
        }
        if (first) {
          for (LogSegment older : segments) {
            older.close();
          }
          return records;
        }
      }
    }
    // It is gone, or compressed: rather all of it twice than some of it lost.
    return 0;
  }
}
