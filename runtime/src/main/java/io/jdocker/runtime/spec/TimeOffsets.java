package io.jdocker.runtime.spec;

import io.jdocker.linux.failure.InvalidArgument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * How far the clocks of a container's time namespace are from the host's, in nanoseconds; see
 * time_namespaces(7). The clock that tells the date has no offset: the kernel has none for it.
 */
public record TimeOffsets(long monotonic, long boottime) {
  private static final int NANO_DIGITS = 9;
  private static final long SECOND = 1_000_000_000L;

  /** The host's own clocks. */
  public static TimeOffsets none() {
    return new TimeOffsets(0, 0);
  }

  /**
   * Reads offsets by the name of their clock, {@code monotonic} or {@code boottime}, in seconds.
   *
   * @throws InvalidArgument for another clock, and for what is no number of seconds
   */
  public static TimeOffsets parse(Map<String, String> seconds) {
    long monotonic = 0;
    long boottime = 0;
    for (Map.Entry<String, String> entry : seconds.entrySet()) {
      long offset = nanoseconds(entry.getKey(), entry.getValue());
      switch (entry.getKey()) {
        case "monotonic" -> monotonic = offset;
        case "boottime" -> boottime = offset;
        default ->
            throw new InvalidArgument(
                "invalid time offset: clock \""
                    + entry.getKey()
                    + "\" is not \"monotonic\" or \"boottime\", and no other clock has one"
                    + " (time_namespaces(7))");
      }
    }
    return new TimeOffsets(monotonic, boottime);
  }

  private static long nanoseconds(String clock, String text) {
    try {
      String number = text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
      return new BigDecimal(number)
          .setScale(NANO_DIGITS, RoundingMode.DOWN)
          .unscaledValue()
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new InvalidArgument(
          "invalid time offset: \"" + text + "\" for " + clock + " is no number of seconds", e);
    }
  }

  /** An offset as {@link #parse} reads it. */
  public static String seconds(long offset) {
    return BigDecimal.valueOf(offset, NANO_DIGITS).stripTrailingZeros().toPlainString();
  }

  public boolean isNone() {
    return monotonic == 0 && boottime == 0;
  }

  /** What is written to /proc/self/timens_offsets: a line a clock, seconds and nanoseconds. */
  public String kernelText() {
    return line("monotonic", monotonic) + line("boottime", boottime);
  }

  /** The kernel takes no negative nanoseconds: the seconds are rounded down. */
  private static String line(String clock, long offset) {
    return clock + ' ' + Math.floorDiv(offset, SECOND) + ' ' + Math.floorMod(offset, SECOND) + '\n';
  }
}
