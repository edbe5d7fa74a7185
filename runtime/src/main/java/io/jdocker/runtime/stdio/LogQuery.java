package io.jdocker.runtime.stdio;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to read of a log, as in the query of Docker's {@code GET /containers/X/logs}.
 *
 * @param since records before it are left out
 * @param until reading ends at the first record after it
 * @param tail the number of last lines to begin with, counted before any other choice; empty: all
 * @param timestamps each line begins with its time, nine digits of fraction and a blank
 * @param details each line begins with its attributes {@code k=v,k=v} and a blank
 * @param follow waits for more until the container stops
 */
public record LogQuery(
    boolean stdout,
    boolean stderr,
    Optional<Instant> since,
    Optional<Instant> until,
    OptionalLong tail,
    boolean timestamps,
    boolean details,
    boolean follow) {

  /** All that is there, as it was written. */
  public static LogQuery everything() {
    return everythingOf(true, true);
  }

  /** All that is there of the streams chosen, as it was written. */
  public static LogQuery everythingOf(boolean stdout, boolean stderr) {
    return new LogQuery(
        stdout,
        stderr,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        false,
        false,
        false);
  }

  /** The same from its last lines on. */
  public LogQuery withTail(long lines) {
    return new LogQuery(
        stdout, stderr, since, until, OptionalLong.of(lines), timestamps, details, follow);
  }

  /** The same, waiting for more. */
  public LogQuery following() {
    return new LogQuery(stdout, stderr, since, until, tail, timestamps, details, true);
  }
}
