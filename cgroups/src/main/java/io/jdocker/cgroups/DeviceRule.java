package io.jdocker.cgroups;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Allows or denies device nodes; of several rules that match, the last one counts. What no rule
 * matches is denied.
 *
 * @param major device number, {@link #ANY} for all
 * @param minor device number, {@link #ANY} for all
 * @param access some of {@code r} (open to read), {@code w} (to write), {@code m} (mknod)
 */
public record DeviceRule(boolean allow, Type type, int major, int minor, String access) {
  /** Stands for every device number. */
  public static final int ANY = -1;

  private static final Pattern TEXT = Pattern.compile("([abc]) (\\*|\\d+):(\\*|\\d+) ([rwm]{1,3})");
  private static final String ALL_ACCESS = "rwm";

  /** What kind of node. */
  public enum Type {
    ALL('a'),
    BLOCK('b'),
    CHARACTER('c');

    private final char letter;

    Type(char letter) {
      this.letter = letter;
    }

    static Type of(char letter) {
      for (Type type : values()) {
        if (type.letter == letter) {
          return type;
        }
      }
      throw new InvalidArgument("invalid device type '" + letter + "', expected a, b or c");
    }
  }

  public DeviceRule {
    if (!access.matches("[rwm]{1,3}")) {
      throw new InvalidArgument("invalid device access \"" + access + "\", expected some of rwm");
    }
  }

  /** Every device, for privileged containers. */
  public static DeviceRule allowAll() {
    return new DeviceRule(true, Type.ALL, ANY, ANY, ALL_ACCESS);
  }

  /**
   * Reads a rule as {@code --device-cgroup-rule} gives it: {@code c 1:3 rwm}.
   *
   * @throws InvalidArgument in Docker's words
   */
  public static DeviceRule parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidArgument("invalid device cgroup rule format: '" + text + "'");
    }
    return new DeviceRule(
        true,
        Type.of(matcher.group(1).charAt(0)),
        number(matcher.group(2)),
        number(matcher.group(3)),
        matcher.group(4));
  }

  private static int number(String text) {
    try {
      return text.equals("*") ? ANY : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidArgument("device number " + text + " is too large", e);
    }
  }

  /**
   * What every container may use: any node may be made, and null, zero, full, tty, random, urandom,
   * the console, ptmx and the pseudo terminals may be opened.
   */
  public static List<DeviceRule> dockerDefaults() {
    return List.of(
        parse("c *:* m"),
        parse("b *:* m"),
        parse("c 1:3 rwm"),
        parse("c 1:5 rwm"),
        parse("c 1:7 rwm"),
        parse("c 1:8 rwm"),
        parse("c 1:9 rwm"),
        parse("c 5:0 rwm"),
        parse("c 5:1 rwm"),
        parse("c 5:2 rwm"),
        parse("c 136:* rwm"));
  }

  /** The rule as v1's devices.allow and devices.deny take it. */
  public String kernelText() {
    return type.letter + " " + text(major) + ":" + text(minor) + " " + access;
  }

  /** Empty where every number matches. */
  OptionalInt majorNumber() {
    return major == ANY ? OptionalInt.empty() : OptionalInt.of(major);
  }

  OptionalInt minorNumber() {
    return minor == ANY ? OptionalInt.empty() : OptionalInt.of(minor);
  }

  private static String text(int number) {
    return number == ANY ? "*" : Integer.toString(number);
  }
}
