package io.jdocker.network.dns;

import java.util.concurrent.atomic.LongAdder;

/** Questions of all containers, by what became of them. Thread-safe. */
public final class DnsCounts {
  private final LongAdder answered = new LongAdder();
  private final LongAdder forwarded = new LongAdder();
  private final LongAdder refused = new LongAdder();

  void addAnswered() {
    answered.increment();
  }

  void addForwarded() {
    forwarded.increment();
  }

  void addRefused() {
    refused.increment();
  }

  /** From our own names. */
  public long answered() {
    return answered.sum();
  }

  /** By the host's name servers. */
  public long forwarded() {
    return forwarded.sum();
  }

  /** With an error, as there was nobody to ask. */
  public long refused() {
    return refused.sum();
  }
}
