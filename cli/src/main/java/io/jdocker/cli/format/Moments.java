package io.jdocker.cli.format;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.option.GoDuration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The values of {@code --since} and {@code --until}: a moment, or how long ago. */
public final class Moments {
  private Moments() {}

  /**
   * The moment as the API takes it: seconds since 1970, a fraction after a point.
   *
   * @param flag what an error names, empty for nothing
   * @return empty for an empty text
   */
  public static String unix(String flag, String text, Instant now) {
    if (text.isEmpty() || text.matches("-?\\d+(\\.\\d+)?")) {
      return text;
    }
    try {
      return unix(now.minusNanos(GoDuration.parse(text)));
    } catch (IllegalArgumentException e) {
      return unix(calendar(flag, text));
    }
  }

  private static String unix(Instant moment) {
    String nanos = "" + moment.getNano();
    return moment.getEpochSecond() + "." + "0".repeat(9 - nanos.length()) + nanos;
  }

  /** RFC 3339, the zone, the time or its parts left out. */
  private static Instant calendar(String flag, String text) {
    int time = text.indexOf('T');
    boolean hasZone = time > 0 && (text.endsWith("Z") || text.substring(time).matches(".*[+-].*"));
    try {
      if (hasZone) {
        return OffsetDateTime.parse(text).toInstant();
      }
      if (time < 0) {
        return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
      }
      String whole = text.length() == time + 3 ? text + ":00" : text;
      return LocalDateTime.parse(whole).atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw new CommandFailure(
          (flag.isEmpty() ? "" : "invalid value for \"" + flag + "\": ")
              + "failed to parse value as time or duration: \""
              + text
              + "\"");
    }
  }
}
