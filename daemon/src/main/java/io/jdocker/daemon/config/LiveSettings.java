package io.jdocker.daemon.config;

import io.jdocker.images.registry.RegistryOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The settings of now, which a reload replaces as a whole. Thread-safe. */
public final class LiveSettings {
  private final AtomicReference<Changeable> now;
  private final AtomicReference<LogOptions> log;

  private final List<String> notices;

  /**
   * The first ones.
   *
   * @param notices warnings that info shows for as long as the daemon lives
   */
  public LiveSettings(Changeable changeable, LogOptions logOptions, List<String> notices) {
    this.notices = List.copyOf(notices);
    this.now = new AtomicReference<>(changeable);
    this.log = new AtomicReference<>(logOptions);
  }

  /** What a daemon without flags and file has. */
  public static LiveSettings standard() {
    Directives none = new Directives.Builder().build();
    return new LiveSettings(
        Changeable.of(none, RegistryOptions.standard(Map.of())), LogOptions.of(none), List.of());
  }

  public List<String> notices() {
    return notices;
  }

  public Changeable changeable() {
    return now.get();
  }

  public LogOptions log() {
    return log.get();
  }

  /** From now on these. */
  public void replace(Changeable changeable, LogOptions logOptions) {
    now.set(changeable);
    log.set(logOptions);
  }
}
