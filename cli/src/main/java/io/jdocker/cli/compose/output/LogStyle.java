package io.jdocker.cli.compose.output;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What stands before the lines of each container: its name, padded, in a colour of its own. */
public final class LogStyle {
  private static final int[] COLOURS = {36, 33, 32, 35, 34, 96, 93, 92, 95, 94};

  private final boolean hasPrefix;
  private final boolean hasColour;
  private final Map<String, Integer> colours = new LinkedHashMap<>();
  private int width;

  /** Prepares it for containers known from the start; more may come. */
  public LogStyle(boolean hasPrefix, boolean hasColour, Collection<String> names) {
    this.hasPrefix = hasPrefix;
    this.hasColour = hasColour;
    names.forEach(this::colour);
  }

  private int colour(String name) {
    width = Math.max(width, name.length());
    return colours.computeIfAbsent(name, n -> COLOURS[colours.size() % COLOURS.length]);
  }

  synchronized String prefix(String name) {
    if (!hasPrefix) {
      return "";
    }
    int colour = colour(name);
    String text = name + " ".repeat(width - name.length()) + "  | ";
    return hasColour ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}
