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

  private static String architecture(String name) {
    return switch (name) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      case "armhf" -> "arm";
      default -> name;
    };
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
