package io.jdocker.cli.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Moments in the notations docker prints. Written out: java.time.format costs 10 ms to load. */
public final class Timestamps {
  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private Timestamps() {}

  /** In the local zone, as Go prints a time: {@code 2026-01-02 15:04:05 +0100 CET}. */
  public static String local(Instant moment) {
    ZonedDateTime time = moment.atZone(ZoneId.systemDefault());
    String zone =
        java.util.TimeZone.getDefault()
            .getDisplayName(
                time.getZone().getRules().isDaylightSavings(moment),
                java.util.TimeZone.SHORT,
                java.util.Locale.ROOT);
    return date(time)
        + " "
        + clock(time.toLocalDateTime())
        + " "
        + offset(time, "", "+0000")
        + " "
        + zone;
  }

  /** RFC 3339 in the local zone with nine digits of a second, as events show it. */
  public static String nanoseconds(Instant moment) {
    ZonedDateTime time = moment.atZone(ZoneId.systemDefault());
    String nanos = "" + time.getNano();
    return date(time)
        + "T"
        + clock(time.toLocalDateTime())
        + "."
        + "0".repeat(9 - nanos.length())
        + nanos
        + offset(time, ":", "Z");
  }

  /** As C's asctime(3): {@code Thu May 7 21:09:36 2026}; the text itself when it is no time. */
  public static String calendar(String rfc3339) {
    // The fields stand at fixed places; a zone other than UTC is kept, not converted.
    if (rfc3339.length() < 20 || rfc3339.charAt(10) != 'T') {
      return rfc3339;
    }
    LocalDateTime time;
    try {
      time =
          LocalDateTime.of(
              Integer.parseInt(rfc3339.substring(0, 4)),
              Integer.parseInt(rfc3339.substring(5, 7)),
              Integer.parseInt(rfc3339.substring(8, 10)),
              Integer.parseInt(rfc3339.substring(11, 13)),
              Integer.parseInt(rfc3339.substring(14, 16)),
              Integer.parseInt(rfc3339.substring(17, 19)));
    } catch (NumberFormatException | java.time.DateTimeException e) {
      return rfc3339;
    }
    String day = "" + time.getDayOfMonth();
    return DAYS.substring(time.getDayOfWeek().getValue() * 3 - 3).substring(0, 3)
        + " "
        + MONTHS.substring(time.getMonthValue() * 3 - 3).substring(0, 3)
        + (day.length() == 1 ? "  " : " ")
        + day
        + " "
        + clock(time)
        + " "
        + time.getYear();
  }

  private static String offset(ZonedDateTime time, String separator, String zero) {
    int seconds = time.getOffset().getTotalSeconds();
    if (seconds == 0) {
      return zero;
    }
    int minutes = Math.abs(seconds) / 60;
    return (seconds < 0 ? "-" : "+") + two(minutes / 60) + separator + two(minutes % 60);
  }

  private static String date(ZonedDateTime time) {
    return time.getYear() + "-" + two(time.getMonthValue()) + "-" + two(time.getDayOfMonth());
  }

  private static String clock(LocalDateTime time) {
    return two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond());
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : "" + number;
  }
}
