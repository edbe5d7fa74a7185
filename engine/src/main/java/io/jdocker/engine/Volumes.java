package io.jdocker.engine;

import io.jdocker.runtime.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The volumes of an engine. Thread-safe. */
public final class Volumes {
  private final Engine engine;

  Volumes(Engine engine) {
    this.engine = engine;
  }

  /** The volume of that name, made where there is none; an empty name: a new one. */
  public Volume create(String name) {
    return create(name, Map.of());
  }

  /**
   * As {@link #create(String)}.
   *
   * @param labels of a new one
   */
  public Volume create(String name, Map<String, String> labels) {
    return handle(engine.volumes().create(name, labels));
  }

  /**
   * One that is there.
   *
   * @throws io.jdocker.linux.failure.NotFound when there is none
   */
  public Volume get(String name) {
    return handle(engine.volumes().get(name));
  }

  public Optional<Volume> find(String name) {
    return engine.volumes().find(name).map(this::handle);
  }

  /** Every one, by name. */
  public List<Volume> list() {
    return engine.volumes().list().stream().map(this::handle).toList();
  }

  private Volume handle(io.jdocker.runtime.volume.Volume volume) {
    return new Volume(engine, volume);
  }
}
