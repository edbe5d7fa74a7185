package io.jdocker.cli;

import java.util.Optional;

/** A noun with verbs of its own: {@code container}, {@code network}. */
enum VerbGroup {
  CONTAINER("Manage containers"),
  IMAGE("Manage images"),
  NETWORK("Manage networks"),
  SYSTEM("Manage Docker"),
  VOLUME("Manage volumes");

  private final String summary;

  VerbGroup(String summary) {
    this.summary = summary;
  }

  static Optional<VerbGroup> named(String word) {
    return switch (word) {
      case "container" -> Optional.of(CONTAINER);
      case "image" -> Optional.of(IMAGE);
      case "network" -> Optional.of(NETWORK);
      case "system" -> Optional.of(SYSTEM);
      case "volume" -> Optional.of(VOLUME);
      default -> Optional.empty();
    };
  }

  String help() {
    return summary + "\n";
  }

  Optional<Verb> find(String verb) {
    return Optional.empty();
  }

  boolean isPlanned(String verb) {
    return false;
  }
}
