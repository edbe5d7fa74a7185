package io.jdocker.daemon.system;

import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.runtime.event.Event;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** An event; the keys status, id and from are for containers and images, and old clients. */
record EventDocument(
    @Key("status") @OmitEmpty String status,
    @Key("id") @OmitEmpty String id,
    @Key("from") @OmitEmpty String from,
    String type,
    String action,
    Actor actor,
    @Key("scope") String scope,
    @Key("time") long time,
    @Key("timeNano") long timeNano) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  record Actor(@Key("ID") String id, Map<String, String> attributes) {}

  static EventDocument of(Event event) {
    boolean container = event.type() == Event.Type.CONTAINER;
    boolean old = container || event.type() == Event.Type.IMAGE;
    long seconds = event.time().getEpochSecond();
    long nanos = nanosOfEpoch(event.time());
    return new EventDocument(
        old ? event.action() : "",
        old ? event.id() : "",
        container ? event.attributes().getOrDefault("image", "") : "",
        event.type().name().toLowerCase(Locale.ROOT),
        event.action(),
        new Actor(event.id(), event.attributes()),
        "local",
        seconds,
        nanos);
  }

  private static long nanosOfEpoch(Instant time) {
    return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
  }
}
