package io.jdocker.runtime.stdio;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a json-file log back. Records that are not whole (a crash) are left out and counted in the
 * engine's log. One thread takes; {@link #close} may come from another and releases it.
 */
public final class LogReader implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(LogReader.class.getName());

  private final Path path;
  private final LogQuery query;
  private final LogProgress progress;
  private final Clock clock;
  private final long limit;
  private final boolean[] insideLine = new boolean[Chunk.STDERR + 1];
  private Optional<FileChannel> file = Optional.empty();
  private Optional<LogLines> lines = Optional.empty();
  private long broken;
  private volatile boolean closed;

  private LogReader(Path path, LogQuery query, LogProgress progress, Clock clock, long limit) {
    this.path = path;
    this.query = query;
    this.progress = progress;
    this.clock = clock;
    this.limit = limit;
  }

  /**
   * Opens a log, and counts its tail now. It need not exist: the container has then written nothing
   * yet.
   *
   * @param progress of the run to follow, {@link LogProgress#ended()} where none is on
   */
  public static LogReader open(Path path, LogQuery query, LogProgress progress, Clock clock) {
    LogReader reader = new LogReader(path, query, progress, clock, Long.MAX_VALUE);
    try {
      reader.openFile(query.tail());
    } catch (IOException e) {
      throw new SystemFailure("cannot read log " + path + ": " + e.getMessage(), e);
    }
    return reader;
  }

  /** Reads the first bytes of a log, up to a moment in the past. */
  static LogReader until(LogSnapshot moment, LogQuery query) {
    return new LogReader(
        moment.file(), query, LogProgress.ended(), Clock.systemUTC(), moment.length());
  }

  /**
   * The next piece of output, a line or a part of a long one; when following, waited for. Empty at
   * the end, or once this is closed.
   *
   * @throws SystemFailure when the log cannot be read
   */
  public Optional<Chunk> take() throws InterruptedException {
    try {
      while (!closed) {
        // Asked before the file is: what is written in between is seen by the next round.
        long known = progress.writes();
        boolean last = !query.follow() || progress.hasEnded();
        Optional<byte[]> line = nextLine();
        if (line.isPresent()) {
          Optional<LogRecord> record = parse(line.get());
          if (record.isPresent() && isAfterUntil(record.get().time())) {
            return Optional.empty();
          }
          Optional<Chunk> chunk = record.filter(this::isWanted).map(this::render);
          if (chunk.isPresent()) {
            return chunk;
          }
        } else if (last || !awaitMore(known)) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    } catch (ClosedChannelException e) {
      return Optional.empty(); // closed by another thread
    } catch (IOException e) {
      throw new SystemFailure("cannot read log " + path + ": " + e.getMessage(), e);
    }
  }

  /** True while {@link #take} would not wait: a writer need not flush yet. */
  public boolean isReady() {
    return lines.isPresent() && lines.get().isReady();
  }

  @Override
  public void close() {
    closed = true;
    progress.wake();
    synchronized (this) {
      if (file.isPresent()) {
        try {
          file.get().close();
        } catch (IOException e) {
          LOGGER.log(Level.DEBUG, "closing log " + path, e); // nothing was written through it
        }
      }
      if (broken > 0) {
        LOGGER.log(Level.WARNING, "log {0}: {1} broken records left out", path, broken);
        broken = 0;
      }
    }
  }

  private Optional<byte[]> nextLine() throws IOException {
    if (lines.isEmpty()) {
      openFile(OptionalLong.empty()); // it came later, so all of it is new
    }
    return lines.isPresent() ? lines.get().next() : Optional.empty();
  }

  private synchronized void openFile(OptionalLong tail) throws IOException {
    if (closed) {
      return;
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      return;
    }
    file = Optional.of(channel);
    long start = tail.isPresent() ? LogTail.start(channel, tail.getAsLong()) : 0;
    lines = Optional.of(new LogLines(channel, start, limit));
  }

  /** Waits for the log to grow; false when the time asked for is over. */
  private boolean awaitMore(long known) throws InterruptedException {
    long millis = 0;
    if (query.until().isPresent()) {
      Duration rest = Duration.between(clock.instant(), query.until().get());
      if (rest.isNegative() || rest.isZero()) {
        return false;
      }
      millis = rest.compareTo(Duration.ofDays(1)) > 0 ? 86_400_000 : rest.toMillis() + 1;
    }
    progress.await(known, millis, () -> closed);
    return true;
  }

  private Optional<LogRecord> parse(byte[] line) {
    Optional<LogRecord> record = LogRecord.parse(line);
    if (record.isEmpty()) {
      synchronized (this) {
        broken++;
      }
    }
    return record;
  }

  private boolean isAfterUntil(Instant time) {
    return query.until().isPresent() && time.isAfter(query.until().get());
  }

  private boolean isWanted(LogRecord record) {
    boolean stream = record.stream() == Chunk.STDERR ? query.stderr() : query.stdout();
    return stream && query.since().map(since -> !record.time().isBefore(since)).orElse(true);
  }

  /** A line in several records has its time and attributes once. */
  private Chunk render(LogRecord record) {
    StringBuilder text = new StringBuilder();
    if (!insideLine[record.stream()]) {
      if (query.timestamps()) {
        text.append(LogTime.fixedWidth(record.time())).append(' ');
      }
      if (query.details()) {
        text.append(record.details()).append(' ');
      }
    }
    insideLine[record.stream()] = !record.endsLine();
    text.append(record.text());
    return new Chunk(record.stream(), text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
