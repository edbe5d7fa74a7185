package io.jdocker.runtime.container;

import java.util.Locale;

/** Where a container is in its life. */
public enum Status {
  CREATED,
  RUNNING,
  PAUSED,
  RESTARTING,
  REMOVING,
  EXITED,
  DEAD;

  /** Whether processes of it exist. */
  public boolean isAlive() {
    return this == RUNNING || this == PAUSED;
  }

  /** What Docker calls running: also while it waits to be started again. */
  public boolean countsAsRunning() {
    return isAlive() || this == RESTARTING;
  }

  public boolean canStart() {
    return this == CREATED || this == EXITED;
  }

  /** As the API writes it: {@code running}. */
  public String apiName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
