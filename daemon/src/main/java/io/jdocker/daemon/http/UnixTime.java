package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time in a query: seconds since 1970 with an optional fraction, or RFC 3339. */
public final class UnixTime {
  private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,12})(?:\\.([0-9]{1,9}))?");
  private static final int NANO_DIGITS = 9;

  private UnixTime() {}

  /**
   * The parameter's time; empty when it was not sent, or is 0, which Docker's clients send for "no
   * limit".
   *
   * @throws InvalidArgument when it is no time
   */
  public static Optional<Instant> of(Query query, String name) {
    Optional<String> text = query.text(name);
    return text.isEmpty() || text.get().equals("0")
        ? Optional.empty()
        : Optional.of(parse(text.get()));
  }

  static Instant parse(String text) {
    Matcher unix = FORM.matcher(text);
    if (unix.matches()) {
      String fraction = unix.group(2) == null ? "0" : unix.group(2);
      long nanos = Long.parseLong(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
      return Instant.ofEpochSecond(Long.parseLong(unix.group(1)), nanos);
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidArgument(
          "failed to parse value as time: \"" + text + "\" is neither seconds nor RFC 3339", e);
    }
  }
}
