package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filter {@code until} of prunes: a point in time, or a Go duration before now. */
public final class Until {
  private static final Pattern DURATION = Pattern.compile("(?:[0-9.]+(?:ns|us|µs|ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");

  private Until() {}

  /** The time before which things are pruned; empty when the filter was not sent. */
  public static Optional<Instant> of(Filters filters, Clock clock) {
    List<String> values = filters.get("until");
    if (values.size() > 1) {
      throw new InvalidArgument("more than one until filter specified");
    }
    return values.stream().findFirst().map(text -> parse(text, clock));
  }

  private static Instant parse(String text, Clock clock) {
    if (!DURATION.matcher(text).matches()) {
      return UnixTime.parse(text);
    }
    Duration before = Duration.ZERO;
    for (Matcher part = PART.matcher(text); part.find(); ) {
      try {
        double nanos = Double.parseDouble(part.group(1)) * unit(part.group(2)).toNanos();
        before = before.plusNanos((long) nanos);
      } catch (NumberFormatException e) {
        throw new InvalidArgument("invalid duration \"" + text + "\"", e);
      }
    }
    return clock.instant().minus(before);
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ns" -> Duration.ofNanos(1);
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofNanos(1000);
    };
  }
}
