package io.jdocker.compose.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Named values in their order. Immutable. */
public final class Mapping implements Value {
  private final Map<String, Value> members;
  private final Map<String, Position> keys;
  private final Position position;
  private final Directive directive;

  private Mapping(
      Map<String, Value> members,
      Map<String, Position> keys,
      Position position,
      Directive directive) {
    this.members = members;
    this.keys = keys;
    this.position = position;
    this.directive = directive;
  }

  public static Mapping empty(Position position) {
    return empty(position, Directive.MERGE);
  }

  public static Mapping empty(Position position, Directive directive) {
    return new Mapping(Map.of(), Map.of(), position, directive);
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public Directive directive() {
    return directive;
  }

  /** The names in their order. */
  public Set<String> names() {
    return members.keySet();
  }

  public Map<String, Value> members() {
    return Collections.unmodifiableMap(members);
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The value, also when it is null; empty when the name is not there. */
  public Optional<Value> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** The value when it is a mapping, else an empty one. */
  public Mapping mapping(String name) {
    return members.get(name) instanceof Mapping mapping ? mapping : empty(keyPosition(name));
  }

  /** Where the name stands; the mapping's own place for a derived one. */
  public Position keyPosition(String name) {
    return keys.getOrDefault(name, position);
  }

  /** With a value under a name: in its place when the name is there, else at the end. */
  public Mapping with(String name, Value value) {
    return with(name, keys.getOrDefault(name, value.position()), value);
  }

  public Mapping with(String name, Position key, Value value) {
    Map<String, Value> changed = new LinkedHashMap<>(members);
    Map<String, Position> changedKeys = new LinkedHashMap<>(keys);
    changed.put(name, value);
    changedKeys.put(name, key);
    return new Mapping(changed, changedKeys, position, directive);
  }

  public Mapping with(String name, String text) {
    return with(name, Scalar.text(text, position));
  }

  public Mapping without(String name) {
    if (!members.containsKey(name)) {
      return this;
    }
    Map<String, Value> changed = new LinkedHashMap<>(members);
    changed.remove(name);
    return new Mapping(changed, keys, position, directive);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mapping that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
