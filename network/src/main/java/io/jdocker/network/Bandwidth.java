package io.jdocker.network;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a container may receive and send on a network.
 *
 * @param in bits a second to the container; 0 for no limit
 * @param out bits a second from it; 0 for no limit
 */
public record Bandwidth(long in, long out) {
  /** The endpoint option for both directions: {@code 10mbit}, with the units of tc(8). */
  public static final String RATE = "io.jdocker.network.rate";

  public static final String RATE_IN = "io.jdocker.network.rate-in";
  public static final String RATE_OUT = "io.jdocker.network.rate-out";

  /** No limit. */
  public static final Bandwidth UNLIMITED = new Bandwidth(0, 0);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})([kmg]?)bit");
  private static final long LEAST = 8_000;
  private static final long MOST = 100_000_000_000L;

  /** Reads an endpoint's options; those of others are not looked at. */
  public static Bandwidth of(Map<String, String> options) {
    String both = options.getOrDefault(RATE, "");
    return new Bandwidth(
        parse(RATE_IN, options.getOrDefault(RATE_IN, both)),
        parse(RATE_OUT, options.getOrDefault(RATE_OUT, both)));
  }

  private static long parse(String option, String text) {
    if (text.isEmpty()) {
      return 0;
    }
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    long rate = matcher.matches() ? Long.parseLong(matcher.group(1)) * unit(matcher.group(2)) : 0;
    if (rate < LEAST || rate > MOST) {
      throw new InvalidArgument(
          "invalid value \""
              + text
              + "\" for option "
              + option
              + ": it takes 8kbit to 100gbit, as in 512kbit, 10mbit or 1gbit");
    }
    return rate;
  }

  private static long unit(String prefix) {
    return switch (prefix) {
      case "k" -> 1_000L;
      case "m" -> 1_000_000L;
      case "g" -> 1_000_000_000L;
      default -> 1L;
    };
  }

  public boolean isUnlimited() {
    return in == 0 && out == 0;
  }
}
