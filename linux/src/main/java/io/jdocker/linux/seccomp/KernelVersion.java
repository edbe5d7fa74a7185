package io.jdocker.linux.seccomp;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a kernel's version, as profiles' {@code minKernel} compares them. */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
  private static final Pattern START = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");
  private static final Pattern EXACT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  /** The kernel this JVM runs on. */
  public static KernelVersion current() {
    return read(START, System.getProperty("os.version"));
  }

  /** Reads {@code 4.8}. */
  public static KernelVersion parse(String text) {
    return read(EXACT, text);
  }

  private static KernelVersion read(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidArgument("invalid kernel version \"" + text + "\", expected \"4.8\"");
    }
    return new KernelVersion(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  public boolean isAtLeast(KernelVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(KernelVersion other) {
    int byMajor = Integer.compare(major, other.major);
    return byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
  }
}
