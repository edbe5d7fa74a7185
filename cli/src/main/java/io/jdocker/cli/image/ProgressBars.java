package io.jdocker.cli.image;

import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.json.ApiObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A line for each layer, redrawn in place with a bar, as docker draws them (ECMA-48 sequences:
 * cursor up and down, erase in line).
 */
final class ProgressBars implements ProgressDisplay {
  private static final int BAR = 50;
  private static final int NARROW = 110;
  private static final int NANOS_A_SECOND = 1_000_000_000;

  private final OutputStream out;
  private final int columns;
  private final LongSupplier nanoTime;
  private final Map<String, Layer> layers = new LinkedHashMap<>();

  /** A layer's line, and when its present work has begun. */
  private record Layer(int line, String action, long since) {}

  /**
   * @param columns of the terminal
   * @param nanoTime a clock, for the time that is left
   */
  ProgressBars(OutputStream out, int columns, LongSupplier nanoTime) {
    this.out = out;
    this.columns = columns;
    this.nanoTime = nanoTime;
  }

  @Override
  public void show(ApiObject report) throws IOException {
    String id = report.text("id");
    String status = report.text("status");
    if (report.has("stream")) {
      // What is printed between pushes the lines away: they stay as they are.
      layers.clear();
      write(report.text("stream"));
    } else if (!id.isEmpty() && report.has("progressDetail")) {
      redraw(id, status, report.object("progressDetail"));
    } else if (!status.isEmpty()) {
      layers.clear();
      write((id.isEmpty() ? "" : id + ": ") + status + "\n");
    }
  }

  private void redraw(String id, String status, ApiObject detail) throws IOException {
    Layer known = layers.get(id);
    boolean isNew = known == null;
    int line = isNew ? layers.size() : known.line();
    boolean goesOn = !isNew && known.action().equals(status);
    long since = goesOn ? known.since() : nanoTime.getAsLong();
    layers.put(id, new Layer(line, status, since));
    int up = layers.size() - line - (isNew ? 1 : 0);
    StringBuilder text = new StringBuilder();
    if (up > 0) {
      text.append("\u001b[").append(up).append('A');
    }
    text.append("\u001b[2K\r").append(id).append(": ").append(status);
    if (detail.has("current")) {
      long current = detail.number("current");
      text.append(' ').append(bar(current, detail.number("total"), nanoTime.getAsLong() - since));
    }
    text.append("\r\n");
    // The new line has taken the cursor one line down already.
    if (up > 1) {
      text.append("\u001b[").append(up - 1).append('B');
    }
    write(text.toString());
  }

  private String bar(long current, long total, long nanos) {
    if (total <= 0 || current > total) {
      return pad(HumanSize.of(current));
    }
    int done = (int) (current * BAR / total);
    StringBuilder text = new StringBuilder();
    if (columns > NARROW) {
      text.append('[').append("=".repeat(done));
      if (done < BAR) {
        text.append('>').append(" ".repeat(BAR - done - 1));
      }
      text.append("]  ");
    }
    text.append(pad(HumanSize.of(current))).append('/').append(HumanSize.of(total));
    long left = current == 0 ? 0 : nanos / current * (total - current) / NANOS_A_SECOND;
    if (left > 0 && done < BAR / 2) {
      text.append(' ').append(left).append('s');
    }
    return text.toString();
  }

  private static String pad(String size) {
    return " ".repeat(Math.max(0, 8 - size.length())) + size;
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
