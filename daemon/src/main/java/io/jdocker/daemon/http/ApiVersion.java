package io.jdocker.daemon.http;

import io.jdocker.linux.failure.InvalidArgument;

/** A version of the Docker Engine API, {@code 1.51}. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** Announced to clients, and meant by a path without a version. */
  public static final ApiVersion CURRENT = new ApiVersion(1, 51);

  /** The oldest that is understood: docker-java asks for 1.32, Docker's own minimum is 1.24. */
  public static final ApiVersion OLDEST = new ApiVersion(1, 24);

  private static final int MOST_DIGITS = 4;

  /**
   * Reads {@code 1.51}.
   *
   * @throws InvalidArgument with Docker's wording when jdocker does not speak that version
   */
  public static ApiVersion supported(String text) {
    int dot = text.indexOf('.');
    if (!isNumber(text, 0, dot) || !isNumber(text, dot + 1, text.length())) {
      throw new InvalidArgument("invalid API version " + text);
    }
    ApiVersion version =
        new ApiVersion(
            Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    if (version.compareTo(CURRENT) > 0) {
      throw new InvalidArgument(
          "client version " + version + " is too new. Maximum supported API version is " + CURRENT);
    }
    if (version.compareTo(OLDEST) < 0) {
      throw new InvalidArgument(
          "client version "
              + version
              + " is too old. Minimum supported API version is "
              + OLDEST
              + ", please upgrade your client to a newer version");
    }
    return version;
  }

  private static boolean isNumber(String text, int from, int to) {
    return to > from
        && to - from <= MOST_DIGITS
        && text.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** True for this version and every newer one: {@code version.isAtLeast(1, 42)}. */
  public boolean isAtLeast(int otherMajor, int otherMinor) {
    return compareTo(new ApiVersion(otherMajor, otherMinor)) >= 0;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major == other.major
        ? Integer.compare(minor, other.minor)
        : Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
