package io.jdocker.cgroups;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of CPUs or memory nodes as cpuset(7) writes it: {@code 0-2,7}.
 *
 * @param text as given
 * @param numbers the same as a set
 */
record CpuList(String text, BitSet numbers) {
  /** Kernels are built for at most this many CPUs (NR_CPUS) or nodes. */
  private static final int LIMIT = 8192;

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

  /**
   * Reads a list. A number past what kernels can have is refused before anything is reserved for
   * it: {@code 0-2147483647} once took an engine's memory (CVE-2018-20699).
   *
   * @param what {@code cpus} or {@code mems}, for the error, which has Docker's words
   */
  static CpuList parse(String what, String text) {
    BitSet numbers = new BitSet();
    for (String part : text.split(",", -1)) {
      Matcher matcher = RANGE.matcher(part.strip());
      if (!matcher.matches()) {
        throw invalid(what, text, "invalid format: " + text);
      }
      long first = Long.parseLong(matcher.group(1));
      long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
      if (last < first) {
        throw invalid(what, text, "invalid format: " + text);
      }
      if (last >= LIMIT) {
        throw invalid(what, text, "value of out range, maximum is " + LIMIT);
      }
      numbers.set((int) first, (int) last + 1);
    }
    return new CpuList(text, numbers);
  }

  private static InvalidArgument invalid(String what, String text, String why) {
    return new InvalidArgument("Invalid value " + text + " for cpuset " + what + ": " + why);
  }

  boolean isWithin(CpuList available) {
    BitSet missing = (BitSet) numbers.clone();
    missing.andNot(available.numbers);
    return missing.isEmpty();
  }
}
