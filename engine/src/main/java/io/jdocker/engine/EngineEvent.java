package io.jdocker.engine;

import io.jdocker.runtime.event.Event;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened in an engine.
 *
 * @param action Docker's word: {@code create}, {@code start}, {@code die}, {@code exec_create: sh}
 * @param id of the object it happened to
 * @param attributes further facts: {@code image}, {@code name}, {@code exitCode}, labels
 */
public record EngineEvent(
    Kind kind, String action, String id, Map<String, String> attributes, Instant time) {
  /** What it happened to. */
  public enum Kind {
    CONTAINER,
    IMAGE,
    NETWORK,
    VOLUME,
    DAEMON
  }

  public EngineEvent {
    attributes = Map.copyOf(attributes);
  }

  static EngineEvent of(Event event) {
    return new EngineEvent(
        Kind.valueOf(event.type().name()),
        event.action(),
        event.id(),
        event.attributes(),
        event.time());
  }
}
