package io.jdocker.runtime.stdio;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands where a test put it. */
final class SettableClock extends Clock {
  private volatile Instant now;

  SettableClock(String now) {
    this.now = Instant.parse(now);
  }

  void set(String time) {
    now = Instant.parse(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
