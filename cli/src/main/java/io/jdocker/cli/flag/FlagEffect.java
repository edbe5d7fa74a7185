package io.jdocker.cli.flag;

import java.util.ArrayList;
import java.util.List;

/**
 * What a flag does to the kernel.
 *
 * @param flag its long name
 * @param effects system calls and files; empty where it does nothing to the kernel
 * @param note what it does instead, empty where it has effects
 * @param manuals manual pages, {@code cgroups(7)}
 */
public record FlagEffect(String flag, List<String> effects, String note, List<String> manuals) {
  private static final String NOTHING = "-";
  private static final int PARTS = 3;

  public FlagEffect {
    effects = List.copyOf(effects);
    manuals = List.copyOf(manuals);
  }

  /** Reads a line of the table: {@code flag | effect ;; effect | manual manual}. */
  static FlagEffect parse(String line) {
    List<String> parts = split(line, " | ");
    if (parts.size() != PARTS) {
      throw new IllegalArgumentException("not a line of the table of flags: " + line);
    }
    String effect = parts.get(1);
    boolean nothing = effect.startsWith(NOTHING);
    return new FlagEffect(
        parts.get(0),
        nothing ? List.of() : split(effect, ";;"),
        nothing ? effect.substring(NOTHING.length()).strip() : "",
        parts.get(2).isEmpty() ? List.of() : split(parts.get(2), " "));
  }

  private static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
      parts.add(text.substring(start, at).strip());
      start = at + separator.length();
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
