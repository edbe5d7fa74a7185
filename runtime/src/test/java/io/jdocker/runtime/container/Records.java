package io.jdocker.runtime.container;

import io.jdocker.runtime.explain.Recording;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.stdio.StdinMode;
import io.jdocker.runtime.stdio.StreamHub;
import io.jdocker.runtime.testing.Specs;
import java.nio.file.Path;
import java.time.Instant;

/** Makes records and containers for tests that start none. */
final class Records {
  static final Instant CREATED = Instant.parse("2024-05-06T07:08:09.123456789Z");

  private Records() {}

  /** The id that begins with those digits and goes on with zeros. */
  static ContainerId id(String prefix) {
    return new ContainerId(prefix + "0".repeat(64 - prefix.length()));
  }

  static ContainerRecord record(String idPrefix, String name) {
    return record(idPrefix, name, Specs.run("true").spec());
  }

  static ContainerRecord record(String idPrefix, String name, ContainerSpec spec) {
    return new ContainerRecord(
        id(idPrefix), name, CREATED, "sha256:00", spec, ContainerState.created(), 0, false);
  }

  static Container container(String idPrefix, String name) {
    return new Container(
        record(idPrefix, name),
        new StreamHub(StdinMode.NONE, false),
        new Recording(Path.of("/nonexistent/" + idPrefix)));
  }
}
