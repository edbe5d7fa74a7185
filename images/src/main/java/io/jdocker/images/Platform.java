package io.jdocker.images;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;

/**
 * What an image runs on, in Go's words: {@code linux/amd64}, {@code linux/arm64/v8}.
 *
 * @param variant empty where there is none
 */
public record Platform(String os, String architecture, String variant) {
  /** More than the distance of any two that fit. */
  static final int FARTHEST = 100;

  /** This machine. */
  public static Platform host() {
    return new Platform(
        "linux", Architecture.current() == Architecture.X86_64 ? "amd64" : "arm64", "");
  }

  /** Reads {@code os[/arch[/variant]]} or {@code arch}, with the usual other names. */
  public static Platform parse(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("/", -1);
    for (String part : parts) {
      if (!part.matches("[a-z0-9_.-]+")) {
        throw invalid(text);
      }
    }
    return switch (parts.length) {
      case 1 ->
          parts[0].equals("linux") ? host() : new Platform("linux", architecture(parts[0]), "");
      case 2 -> new Platform(parts[0], architecture(parts[1]), "");
      case 3 -> new Platform(parts[0], architecture(parts[1]), parts[2]);
      default -> throw invalid(text);
    };
  }

  private static InvalidArgument invalid(String text) {
    return new InvalidArgument(
        "\"" + text + "\" is an invalid platform: want os[/arch[/variant]], like linux/amd64");
  }

  /**
   * Whether an image for the other platform runs on this one: a processor runs what older ones of
   * its kind run. A platform that says less than os and architecture fits anything.
   */
  public boolean accepts(Platform other) {
    boolean same =
        (other.os.isEmpty() || other.os.equals(os))
            && (other.architecture.isEmpty()
                || architecture(other.architecture).equals(architecture));
    return same && level(other) <= level(this);
  }

  /** How much older the processor is that an accepted image was made for. */
  int distance(Platform other) {
    return level(this) - level(other) + (other.architecture.isEmpty() ? FARTHEST : 0);
  }

  /** The number in the variant, {@code v8}; without one, the architecture's usual. */
  private int level(Platform of) {
    boolean numbered = of.variant.matches("v[0-9]{1,2}");
    if (numbered) {
      return Integer.parseInt(of.variant.substring(1));
    }
    return switch (architecture) {
      case "arm64" -> 8;
      case "arm" -> 7;
      default -> 1;
    };
  }

  private static String architecture(String name) {
    return switch (name) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      case "armhf" -> "arm";
      default -> name;
    };
  }

  /** True where it is what was asked for; a variant counts only where both name one. */
  public boolean satisfies(Platform wanted) {
    return os.equals(wanted.os)
        && architecture(architecture).equals(wanted.architecture)
        && (variant.isEmpty() || wanted.variant.isEmpty() || variant.equals(wanted.variant));
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
