package io.jdocker.runtime.stdio;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Docker's log driver {@code json-file}: one object a line, {@code
 * {"log":"text\n","stream":"stdout","time":"2026-01-02T15:04:05.123456789Z"}}. A line longer than
 * 16 KiB takes several records, of which only the last ends in {@code \n}; so does a line that the
 * process never finished.
 *
 * <p>Each chunk costs one write(2), and a second one when it ends within a line: see {@link
 * UnfinishedLines}. A log that was not closed, as its engine was killed, is taken up where it
 * stopped. A write that fails (a full disk) loses its records and is reported once until one
 * succeeds again. Thread-safe.
 */
public final class JsonFileLog implements LogSink {
  private static final Logger LOGGER = System.getLogger(JsonFileLog.class.getName());

  private static final byte[] HEAD = utf8("{\"log\":\"");
  private static final byte[] NEWLINE = utf8("\\n");

  /** What a record needs around its text. */
  private static final int RECORD_OVERHEAD = 80;

  private final LogFile file;
  private final Clock clock;
  private final String attributes;
  private final LineSplitter stdout = new LineSplitter();
  private final LineSplitter stderr = new LineSplitter();
  private final UnfinishedLines kept;
  private final LogProgress progress = new LogProgress();
  private long sequence = ThreadLocalRandom.current().nextLong();
  private boolean takenUp;
  private long skip;
  private boolean failing;
  private boolean closed;

  /**
   * Makes the log of one run; nothing is opened before the first output.
   *
   * @param attributes extra attributes of every record (the log options labels, env and tag)
   */
  public JsonFileLog(Path file, Clock clock, Map<String, String> attributes) {
    this(file, clock, attributes, LogRotation.none(), Runnable::run);
  }

  /**
   * Makes the log of one run, in several files.
   *
   * @param compressor compresses files that are written no more
   */
  public JsonFileLog(
      Path file,
      Clock clock,
      Map<String, String> attributes,
      LogRotation rotation,
      Executor compressor) {
    this.file = new LogFile(file, rotation, progress, compressor);
    this.kept = new UnfinishedLines(file);
    this.clock = clock;
    this.attributes = attributes.isEmpty() ? "" : ",\"attrs\":" + object(attributes);
  }

  /** For readers that follow this run. */
  public LogProgress progress() {
    return progress;
  }

  @Override
  public synchronized void write(int stream, byte[] bytes, int offset, int length) {
    takeUp();
    rotateIfFull();
    JsonText records = new JsonText(length + length / 4 + RECORD_OVERHEAD);
    Instant now = clock.instant();
    splitter(stream).add(bytes, offset, length, now, new Records(records, stream));
    append(records);
    keepUnfinished();
  }

  @Override
  public synchronized void flush() {
    takeUp();
    JsonText records = new JsonText(RECORD_OVERHEAD);
    Instant now = clock.instant();
    stdout.flush(now, new Records(records, Chunk.STDOUT));
    stderr.flush(now, new Records(records, Chunk.STDERR));
    append(records);
  }

  @Override
  public synchronized Optional<LogSnapshot> snapshot() {
    takeUp();
    List<Chunk> unfinished = new ArrayList<>(2);
    for (int stream : new int[] {Chunk.STDOUT, Chunk.STDERR}) {
      byte[] rest = splitter(stream).unfinished();
      if (rest.length > 0) {
        unfinished.add(new Chunk(stream, rest));
      }
    }
    try {
      return Optional.of(new LogSnapshot(file.path(), file.length(), unfinished));
    } catch (IOException e) {
      report(e);
      return Optional.of(new LogSnapshot(file.path(), 0, unfinished));
    }
  }

  @Override
  public synchronized Optional<LogPosition> position() {
    takeUp();
    // Not between the position and its output: the output belongs to that file.
    rotateIfFull();
    try {
      sequence++;
      return Optional.of(
          new LogPosition(file.path(), file.existingLength(), sequence, file.inode()));
    } catch (IOException e) {
      report(e);
      return Optional.empty();
    }
  }

  /**
   * Writes what an engine had read for a log when it was killed: all of it, once, however far that
   * engine had come. An unfinished line is kept for the run that goes on.
   */
  static void redo(LogPosition position, Clock clock, int stream, byte[] output)
      throws IOException {
    JsonFileLog log =
        new JsonFileLog(position.log(), clock, LogSegments.lastAttributes(position.log()));
    log.sequence = position.sequence();
    Optional<UnfinishedLines.Content> kept = log.kept.load(log.file.existingLength());
    if (kept.filter(lines -> lines.sequence() == position.sequence()).isEmpty()) {
      if (position.inode() == 0 || log.file.inode() == position.inode()) {
        log.file.cut(position.length());
      } else {
        log.resume(position);
      }
      log.write(stream, output, 0, output.length);
    }
    log.file.close();
    log.kept.release();
  }

  /** The log went on in a new file while the output was written: its first records are there. */
  private void resume(LogPosition position) throws IOException {
    takenUp = true;
    restore(position.length());
    skip = LogSegments.recordsSince(position);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    flush();
    closed = true;
    try {
      file.close();
      kept.close();
    } catch (IOException e) {
      report(e);
    }
    progress.end();
  }

  private void rotateIfFull() {
    try {
      if (closed || !file.isFull()) {
        return;
      }
      UnfinishedLines.Content waiting = unfinished();
      if (!waiting.isEmpty()) {
        kept.saveForRotation(file.length(), waiting);
      }
      file.rotate();
    } catch (IOException e) {
      report(e);
    }
  }

  private UnfinishedLines.Content unfinished() {
    return new UnfinishedLines.Content(sequence, stdout.unfinished(), stderr.unfinished());
  }

  private void takeUp() {
    if (takenUp) {
      return;
    }
    takenUp = true;
    try {
      restore(file.existingLength());
    } catch (IOException e) {
      report(e);
    }
  }

  private void restore(long length) throws IOException {
    kept.load(length)
        .ifPresent(
            lines -> {
              stdout.restore(lines.stdout());
              stderr.restore(lines.stderr());
            });
  }

  private void keepUnfinished() {
    UnfinishedLines.Content waiting = unfinished();
    if (waiting.isEmpty() || closed) {
      return;
    }
    try {
      kept.save(file.length(), waiting);
    } catch (IOException e) {
      report(e);
    }
  }

  private LineSplitter splitter(int stream) {
    return stream == Chunk.STDERR ? stderr : stdout;
  }

  private void append(JsonText records) {
    if (records.isEmpty() || closed) {
      return;
    }
    try {
      file.append(records.toBuffer());
      failing = false;
      progress.advance();
    } catch (IOException e) {
      report(e);
    }
  }

  private void report(IOException failure) {
    if (!failing) {
      failing = true;
      LOGGER.log(
          Level.WARNING,
          "log {0} is not written, output is lost until it can be: {1}",
          file.path(),
          failure.toString());
    }
  }

  private static String object(Map<String, String> attributes) {
    JsonText json = new JsonText(64 * attributes.size());
    String separator = "{";
    for (Map.Entry<String, String> entry : new TreeMap<>(attributes).entrySet()) {
      json.raw(separator).quoted(entry.getKey()).raw(":").quoted(entry.getValue());
      separator = ",";
    }
    return json.raw("}").toString();
  }

  /** Writes the pieces of one stream as records. */
  private final class Records implements LineSplitter.Piece {
    private final JsonText json;
    private final String stream;
    private Optional<Instant> formatted = Optional.empty();
    private byte[] tail = new byte[0];

    Records(JsonText json, int stream) {
      this.json = json;
      this.stream = stream == Chunk.STDERR ? "stderr" : "stdout";
    }

    @Override
    public void accept(byte[] bytes, int offset, int length, boolean terminated, Instant time) {
      if (skip > 0) {
        skip--;
        return;
      }
      if (!formatted.equals(Optional.of(time))) {
        formatted = Optional.of(time);
        tail = utf8(tail(time));
      }
      json.raw(HEAD).escaped(bytes, offset, length);
      if (terminated) {
        json.raw(NEWLINE);
      }
      json.raw(tail);
    }

    private String tail(Instant time) {
      String at = LogTime.rfc3339Nano(time);
      return "\",\"stream\":\"" + stream + "\"" + attributes + ",\"time\":\"" + at + "\"}\n";
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
