package io.jdocker.cli.format;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in one rough unit: {@code About an hour}, {@code 3 weeks}. */
public final class HumanDuration {
  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;
  private static final int MONTH = 30 * DAY;
  private static final int YEAR = 365 * DAY;

  private HumanDuration() {}

  /** The time between two moments, followed by {@code ago}. */
  public static String ago(Instant then, Instant now) {
    return of(Duration.between(then, now)) + " ago";
  }

  public static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds < 60) {
      return seconds == 1 ? "1 second" : seconds + " seconds";
    }
    long minutes = duration.toMinutes();
    if (minutes < 60) {
      return minutes == 1 ? "About a minute" : minutes + " minutes";
    }
    long hours = Math.round(duration.toSeconds() / 3600.0);
    if (hours == 1) {
      return "About an hour";
    }
    if (hours < 2 * DAY) {
      return hours + " hours";
    }
    if (hours < 2 * WEEK) {
      return hours / DAY + " days";
    }
    if (hours < 2 * MONTH) {
      return hours / WEEK + " weeks";
    }
    return hours < 2 * YEAR ? hours / MONTH + " months" : hours / YEAR + " years";
  }
}
