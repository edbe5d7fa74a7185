package io.jdocker.engine;

import java.util.Optional;
import java.util.regex.Pattern;

/** Waits for lines of a log, which a thread of its own follows. */
final class LogCheck implements ReadinessCondition.Check {
  private final Pattern pattern;
  private final int times;
  private final Source<OutputChunk> log;
  private final Thread thread;
  private volatile int found;

  LogCheck(Container container, Pattern pattern, int times) {
    this.pattern = pattern;
    this.times = times;
    this.log = container.source(LogRequest.everything().following());
    this.thread = new Thread(this::follow, "jdocker-log");
    thread.setDaemon(true);
    thread.start();
  }

  private void follow() {
    int matches = 0;
    StringBuilder line = new StringBuilder();
    try (log) {
      Optional<OutputChunk> chunk = log.next();
      while (chunk.isPresent() && matches < times) {
        line.append(chunk.get().text());
        // A long line comes in pieces, and the match may lie across them.
        if (pattern.matcher(line).find()) {
          matches++;
          found = matches;
          line.setLength(0);
        } else if (line.charAt(line.length() - 1) == '\n') {
          line.setLength(0);
        }
        chunk = log.next();
      }
    } catch (InterruptedException e) {
      return; // closed
    }
  }

  @Override
  public boolean holds() {
    return found >= times;
  }

  @Override
  public boolean holdsAtEnd() {
    try {
      thread.join(); // the log ends with the container
    } catch (InterruptedException e) {
      throw Waiting.interrupted("reading a log to its end", e);
    }
    return holds();
  }

  @Override
  public String missing() {
    return times == 1
        ? "no line of its log matches \"" + pattern + "\""
        : found + " of " + times + " lines of its log match \"" + pattern + "\"";
  }

  @Override
  public void close() {
    log.close();
    thread.interrupt();
  }
}
