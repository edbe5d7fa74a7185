package io.jdocker.runtime.stdio;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

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
  private final Deque<LogSegment> ahead = new ArrayDeque<>();
  private final LogProgress.Follower follower = this::continues;
  private Optional<LogSegment> segment = Optional.empty();
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
    return new LogReader(path, query, progress, clock, Long.MAX_VALUE).opened();
  }

  /** Reads the first bytes of a log, up to a moment in the past. */
  static LogReader until(LogSnapshot moment, LogQuery query) {
    // Opened now: later the name may be another file's.
    return new LogReader(
            moment.file(), query, LogProgress.ended(), Clock.systemUTC(), moment.length())
        .opened();
  }

  private LogReader opened() {
    try {
      openFiles();
      return this;
    } catch (IOException e) {
      close();
      throw new SystemFailure("cannot read log " + path + ": " + e.getMessage(), e);
    }
  }

  /** The log goes on in a new file, which is not looked at before the present one is read. */
  private void continues(FileChannel file) {
    synchronized (this) {
      ahead.addLast(LogSegment.of(path, file));
    }
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
    progress.leave(follower);
    progress.wake();
    synchronized (this) {
      segment.ifPresent(this::close);
      ahead.forEach(this::close);
      ahead.clear();
      if (broken > 0) {
        LOGGER.log(Level.WARNING, "log {0}: {1} broken records left out", path, broken);
        broken = 0;
      }
    }
  }

  private void close(LogSegment done) {
    try {
      done.close();
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "closing log " + path, e); // nothing was written through it
    }
  }

  private Optional<byte[]> nextLine() throws IOException {
    while (true) {
      // Asked before the file is: once there is a next one, this one grows no more.
      boolean complete = hasNext();
      Optional<byte[]> line = lines.isPresent() ? lines.get().next() : Optional.empty();
      if (line.isPresent() || !complete) {
        return line;
      }
      enterNext(0);
    }
  }

  private synchronized boolean hasNext() {
    return !ahead.isEmpty();
  }

  private void openFiles() throws IOException {
    Deque<LogSegment> found;
    // With this lock the names stay as they are, and no new file comes before it is followed.
    synchronized (progress) {
      found = LogSegments.open(path);
      if (query.follow()) {
        progress.follow(follower);
      }
    }
    long start = LogSegments.keepTail(found, query.tail());
    if (!found.isEmpty()) {
      putAhead(found);
      enterNext(start);
    }
  }

  private synchronized void putAhead(Deque<LogSegment> found) {
    while (!found.isEmpty()) {
      ahead.addFirst(found.removeLast());
    }
  }

  private synchronized void enterNext(long start) throws IOException {
    if (closed || ahead.isEmpty()) {
      return;
    }
    segment.ifPresent(this::close);
    LogSegment next = ahead.removeFirst();
    segment = Optional.of(next);
    // What was written after the moment asked for is in the newest file alone.
    lines =
        Optional.of(new LogLines(next.records(), start, ahead.isEmpty() ? limit : Long.MAX_VALUE));
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
