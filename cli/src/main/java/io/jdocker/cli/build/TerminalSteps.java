package io.jdocker.cli.build;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A line a step with its time; of the one that runs, the last lines it printed, which go when it is
 * over (ECMA-48: cursor up, erase below). Of a step that fails they stay.
 */
final class TerminalSteps implements BuildSteps.Listener {
  private static final int SHOWN = 6;
  private static final int KEPT = 200;
  private static final double NANOS = 1e9;

  private final OutputStream out;
  private final int columns;
  private final LongSupplier nanoTime;
  private final Deque<String> printed = new ArrayDeque<>();
  private long since;
  private int drawn;

  /**
   * @param columns of the terminal
   * @param nanoTime a clock
   */
  TerminalSteps(OutputStream out, int columns, LongSupplier nanoTime) {
    this.out = out;
    this.columns = columns;
    this.nanoTime = nanoTime;
  }

  @Override
  public void begin(BuildSteps.Step step) throws IOException {
    since = nanoTime.getAsLong();
    printed.clear();
    drawn = 0;
    write(" => " + fitted(step.label(), 4) + "\n");
    drawn = 1;
  }

  @Override
  public void line(BuildSteps.Step step, String line) throws IOException {
    printed.add(line);
    if (printed.size() > KEPT) {
      printed.removeFirst();
    }
    StringBuilder text = erased();
    text.append(" => ").append(fitted(step.label(), 12)).append(' ').append(time()).append('\n');
    printed.stream()
        .skip(Math.max(0, printed.size() - SHOWN))
        .forEach(one -> text.append(" => => ").append(fitted(plain(one), 7)).append('\n'));
    write(text.toString());
    drawn = 1 + Math.min(SHOWN, printed.size());
  }

  @Override
  public void end(BuildSteps.Step step, boolean cached) throws IOException {
    String label = (cached ? "CACHED " : "") + step.label();
    write(erased().append(" => ").append(fitted(label, 12)) + " " + time() + "\n");
    drawn = 0;
  }

  @Override
  public void message(String line) throws IOException {
    write(line + "\n");
  }

  @Override
  public void fail(BuildSteps.Step step, String message) throws IOException {
    if (drawn == 0) {
      return;
    }
    StringBuilder text = erased();
    text.append(" => ERROR ").append(fitted(step.label(), 18)).append(' ').append(time());
    text.append("\n------\n");
    printed.forEach(line -> text.append(line).append('\n'));
    write(text.append("------\n").toString());
    drawn = 0;
  }

  private StringBuilder erased() {
    return new StringBuilder(drawn == 0 ? "" : "\u001b[" + drawn + "A\r\u001b[J");
  }

  private String time() {
    double seconds = (nanoTime.getAsLong() - since) / NANOS;
    return String.format(Locale.ROOT, "%.1fs", seconds);
  }

  /** One row: what is drawn must be as many rows as lines, or the cursor goes astray. */
  private String fitted(String text, int beside) {
    int room = Math.max(10, columns - beside - 1);
    return text.length() <= room ? text : text.substring(0, room - 1) + "…";
  }

  /** What a command prints may itself move the cursor. */
  private static String plain(String line) {
    String last = line.substring(line.stripTrailing().lastIndexOf('\r') + 1);
    return last.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replaceAll("\\p{Cntrl}", " ");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
