package io.jdocker.runtime.event;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened.
 *
 * @param action {@code start}, {@code exec_create: sh}
 * @param id of the object it happened to
 * @param attributes further facts: {@code image}, {@code name}, {@code exitCode}, labels
 */
public record Event(
    Type type, String action, String id, Map<String, String> attributes, Instant time) {
  /** The kind of object. */
  public enum Type {
    CONTAINER,
    IMAGE,
    NETWORK,
    VOLUME,
    DAEMON
  }

  public Event {
    attributes = Map.copyOf(attributes);
  }
}
