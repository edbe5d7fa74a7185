package io.jdocker.daemon.containers;

import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import java.util.List;
import java.util.Locale;

/** A trace as a story to read, and as a shell script that does the same. */
final class TraceText {
  private static final double NANOS_PER_MILLI = 1e6;

  private TraceText() {}

  /** One paragraph a stage, one line an effect. */
  static String story(List<TraceEntry> entries) {
    StringBuilder text = new StringBuilder();
    Stage stage = null;
    for (TraceEntry entry : entries) {
      if (entry.stage() != stage) {
        text.append(stage == null ? "" : "\n").append(entry.stage()).append('\n');
        stage = entry.stage();
      }
      text.append("  ").append(entry.purpose()).append('\n');
      text.append("    ").append(entry.call()).append(" = ").append(entry.result());
      if (entry.nanos() > 0) {
        text.append(String.format(Locale.ROOT, "  (%.3f ms)", entry.nanos() / NANOS_PER_MILLI));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The effects' commands in order; run as root, it makes the same container. */
  static String script(String container, List<TraceEntry> entries) {
    StringBuilder text = new StringBuilder("#!/bin/sh\n");
    text.append("# Makes by hand what jdocker made for ").append(container).append(".\n");
    text.append("set -e\n");
    Stage stage = null;
    for (TraceEntry entry : entries) {
      if (entry.shell().isEmpty()) {
        continue;
      }
      if (entry.stage() != stage) {
        stage = entry.stage();
        text.append("\n# --- ").append(stage.name().toLowerCase(Locale.ROOT)).append(" ---\n");
      }
      text.append("# ").append(entry.purpose().replace('\n', ' ')).append('\n');
      text.append(entry.shell().get()).append('\n');
    }
    return text.toString();
  }
}
