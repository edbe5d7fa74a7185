package io.jdocker.linux.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Records effects on the kernel. Texts are made only when somebody looks, so that recording costs
 * an object an effect. Thread-safe.
 */
public final class Trace {
  private record Lazy(
      Stage stage,
      String purpose,
      Supplier<String> call,
      String result,
      long nanos,
      Supplier<String> shell) {
    TraceEntry entry() {
      String command = shell == null ? null : shell.get();
      return new TraceEntry(
          stage, purpose, call.get(), result, nanos, Optional.ofNullable(command));
    }
  }

  private final ArrayList<Lazy> entries = new ArrayList<>();
  private final boolean recording;
  private Consumer<TraceEntry> listener = entry -> {};
  private BooleanSupplier wanted = () -> false;

  private Trace(boolean recording) {
    this.recording = recording;
  }

  /** A trace that records. */
  public static Trace on() {
    return new Trace(true);
  }

  /** A trace that forgets at once: for work nobody will ask about. */
  public static Trace off() {
    return new Trace(false);
  }

  /**
   * Sends each further entry to the listener as it happens; it runs on the recording thread.
   *
   * @param isWanted asked before each entry, as putting one into words costs something
   */
  public synchronized void listen(Consumer<TraceEntry> consumer, BooleanSupplier isWanted) {
    listener = consumer;
    wanted = isWanted;
  }

  /**
   * Records an effect that has happened.
   *
   * @param startNanos {@link System#nanoTime} before the call, or 0 where it was not timed
   * @param shell the equivalent command, or null where the shell needs none
   */
  public void record(
      Stage stage,
      String purpose,
      Supplier<String> call,
      String result,
      long startNanos,
      Supplier<String> shell) {
    if (!recording) {
      return;
    }
    long nanos = startNanos == 0 ? 0 : System.nanoTime() - startNanos;
    Lazy lazy = new Lazy(stage, purpose, call, result, nanos, shell);
    synchronized (this) {
      entries.add(lazy);
      if (wanted.getAsBoolean()) {
        listener.accept(lazy.entry());
      }
    }
  }

  /** Every entry so far, in order. */
  public synchronized List<TraceEntry> entries() {
    return entries.stream().map(Lazy::entry).toList();
  }

  /** Every entry so far, in order, which are then forgotten: somebody else keeps them. */
  public synchronized List<TraceEntry> drain() {
    List<TraceEntry> drained = entries();
    entries.clear();
    entries.trimToSize();
    return drained;
  }
}
