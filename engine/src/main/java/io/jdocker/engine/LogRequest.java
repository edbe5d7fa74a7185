package io.jdocker.engine;

import io.jdocker.runtime.stdio.LogQuery;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to read of a container's log, which holds all its runs.
 *
 * @param since what is older is left out
 * @param tail how many of the last lines, of both streams together, to begin with; empty: all
 * @param timestamps each line begins with its time
 * @param follow waits for more until the container stops
 */
public record LogRequest(
    boolean stdout,
    boolean stderr,
    Optional<Instant> since,
    OptionalLong tail,
    boolean timestamps,
    boolean follow) {
  /** All that was written so far. */
  public static LogRequest everything() {
    return new LogRequest(true, true, Optional.empty(), OptionalLong.empty(), false, false);
  }

  /** The same, waiting for more until the container stops. */
  public LogRequest following() {
    return new LogRequest(stdout, stderr, since, tail, timestamps, true);
  }

  public LogRequest withTail(long lines) {
    return new LogRequest(stdout, stderr, since, OptionalLong.of(lines), timestamps, follow);
  }

  public LogRequest since(Instant moment) {
    return new LogRequest(stdout, stderr, Optional.of(moment), tail, timestamps, follow);
  }

  public LogRequest withTimestamps() {
    return new LogRequest(stdout, stderr, since, tail, true, follow);
  }

  public LogRequest onlyStdout() {
    return new LogRequest(true, false, since, tail, timestamps, follow);
  }

  public LogRequest onlyStderr() {
    return new LogRequest(false, true, since, tail, timestamps, follow);
  }

  LogQuery query() {
    return new LogQuery(stdout, stderr, since, Optional.empty(), tail, timestamps, false, follow);
  }
}
