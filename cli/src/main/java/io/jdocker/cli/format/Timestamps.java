package io.jdocker.cli.format;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Moments in the notations docker prints. Written out: java.time.format costs 10 ms to load. */
public final class Timestamps {
  private Timestamps() {}

  /** In the local zone, as Go prints a time: {@code 2026-01-02 15:04:05 +0100 CET}. */
  public static String local(Instant moment) {
    ZonedDateTime time = moment.atZone(ZoneId.systemDefault());
    int offset = time.getOffset().getTotalSeconds();
    String zone =
        java.util.TimeZone.getDefault()
            .getDisplayName(
                time.getZone().getRules().isDaylightSavings(moment),
                java.util.TimeZone.SHORT,
                java.util.Locale.ROOT);
    int minutes = Math.abs(offset) / 60;
    return date(time)
        + " "
        + clock(time)
        + " "
        + (offset < 0 ? "-" : "+")
        + two(minutes / 60)
        + two(minutes % 60)
        + " "
        + zone;
  }

  private static String date(ZonedDateTime time) {
    return time.getYear() + "-" + two(time.getMonthValue()) + "-" + two(time.getDayOfMonth());
  }

  private static String clock(ZonedDateTime time) {
    return two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond());
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : "" + number;
  }
}
