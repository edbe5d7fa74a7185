package io.jdocker.cgroups;

import java.util.Optional;

/**
 * How long processes had to wait for a resource: PSI, see Documentation/accounting/psi.rst of
 * Linux.
 *
 * @param some at least one process waited
 * @param full all of them did, so that nothing was done; empty where the kernel does not tell
 */
public record Pressure(Share some, Optional<Share> full) {
  /**
   * A share of time.
   *
   * @param avg10 percent of the last 10 seconds
   * @param avg60 percent of the last minute
   * @param avg300 percent of the last five minutes
   * @param total microseconds
   */
  public record Share(double avg10, double avg60, double avg300, long total) {}

  /** Reads a pressure file; empty for what is not one, as a kernel with psi=0 may have it. */
  static Optional<Pressure> parse(String text) {
    Optional<Share> some = share(text, "some ");
    return some.map(share -> new Pressure(share, share(text, "full ")));
  }

  /** A line of {@code some avg10=0.12 avg60=0.00 avg300=0.00 total=1234}. */
  private static Optional<Share> share(String text, String kind) {
    return text.lines()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length >= 5)
        .findFirst()
        .map(
            words ->
                new Share(
                    Double.parseDouble(value(words[1])),
                    Double.parseDouble(value(words[2])),
                    Double.parseDouble(value(words[3])),
                    Long.parseLong(value(words[4]))));
  }

  private static String value(String word) {
    return word.substring(word.indexOf('=') + 1);
  }
}
