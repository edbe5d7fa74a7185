package io.jdocker.runtime.health;

import java.time.Instant;

/**
 * What one probe has shown.
 *
 * @param exitCode 0: healthy; -1: it could not be run, or took too long and was killed
 * @param output the first 4096 bytes of what it wrote, or why there is none
 */
public record ProbeResult(Instant start, Instant end, int exitCode, String output) {
  /** The code of a probe that was killed for its time, or could not be run. */
  public static final int NOT_RUN = -1;

  public boolean succeeded() {
    return exitCode == 0;
  }
}
