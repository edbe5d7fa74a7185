package io.jdocker.cli.inspect;

import io.jdocker.cli.http.Query;
import java.util.Optional;

/** What can be inspected, in the order in which {@code jdocker inspect} looks. */
public enum ObjectKind {
  CONTAINER("container", "CONTAINER", "/containers/", "/json", true),
  IMAGE("image", "IMAGE", "/images/", "/json", false),
  NETWORK("network", "NETWORK", "/networks/", "", false),
  VOLUME("volume", "VOLUME", "/volumes/", "", false);

  private final String word;
  private final String argument;
  private final String prefix;
  private final String suffix;
  private final boolean hasSize;

  ObjectKind(String word, String argument, String prefix, String suffix, boolean hasSize) {
    this.word = word;
    this.argument = argument;
    this.prefix = prefix;
    this.suffix = suffix;
    this.hasSize = hasSize;
  }

  static Optional<ObjectKind> named(String word) {
    for (ObjectKind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  String word() {
    return word;
  }

  String argument() {
    return argument;
  }

  boolean hasSize() {
    return hasSize;
  }

  Query query(String name, boolean withSize) {
    return Query.of(prefix, name, suffix).when(withSize && hasSize, "size");
  }
}
