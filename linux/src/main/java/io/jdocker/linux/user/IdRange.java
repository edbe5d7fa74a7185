package io.jdocker.linux.user;

import io.jdocker.linux.failure.InvalidArgument;

/**
 * One line of a uid_map or gid_map, see user_namespaces(7).
 *
 * @param inside the first id in the namespace
 * @param outside the first id on the host
 * @param count how many follow each other
 */
public record IdRange(long inside, long outside, long count) {
  /** The last id is (uid_t) -1, which means "none". */
  private static final long END_OF_IDS = 0xffffffffL;

  public IdRange {
    if (inside < 0 || outside < 0 || count <= 0) {
      throw new InvalidArgument(
          "invalid id mapping " + inside + ":" + outside + ":" + count + ": ids begin at 0");
    }
    if (inside + count > END_OF_IDS || outside + count > END_OF_IDS) {
      throw new InvalidArgument(
          "invalid id mapping " + inside + ":" + outside + ":" + count + ": ids end at 4294967294");
    }
  }

  /**
   * Reads {@code INSIDE:OUTSIDE[:COUNT]}.
   *
   * @param flag as the error names it
   */
  public static IdRange parse(String flag, String text) {
    String[] parts = text.split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw invalid(flag, text);
    }
    return new IdRange(
        number(flag, text, parts[0]),
        number(flag, text, parts[1]),
        parts.length == 3 ? number(flag, text, parts[2]) : 1);
  }

  private static long number(String flag, String text, String part) {
    // Nothing but digits: a sign or a space would be an id that nobody meant (CVE-2026-30892).
    if (part.isEmpty() || part.length() > 10 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw invalid(flag, text);
    }
    return Long.parseLong(part);
  }

  private static InvalidArgument invalid(String flag, String text) {
    return new InvalidArgument(
        "invalid " + flag + " \"" + text + "\": expected CONTAINER_ID:HOST_ID[:COUNT]");
  }

  boolean holdsInside(long id) {
    return id >= inside && id < inside + count;
  }

  boolean holdsOutside(long id) {
    return id >= outside && id < outside + count;
  }

  static boolean overlap(long start, long count, long otherStart, long otherCount) {
    return start < otherStart + otherCount && otherStart < start + count;
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return inside + ":" + outside + ":" + count;
  }
}
