package io.jdocker.runtime.build;

import io.jdocker.images.tar.TarSink;
import java.time.Instant;
import java.util.Optional;

/** Files no newer than a moment: two builds then give the same bytes (SOURCE_DATE_EPOCH). */
final class ClampedTimes {
  private ClampedTimes() {}

  static TarSink of(TarSink sink, Optional<Instant> latest) {
    if (latest.isEmpty()) {
      return sink;
    }
    long limit = latest.get().getEpochSecond();
    return (entry, content) ->
        sink.put(entry.mtimeSeconds() >= limit ? entry.withTime(limit, 0) : entry, content);
  }
}
