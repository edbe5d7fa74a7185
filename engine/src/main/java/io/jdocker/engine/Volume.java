package io.jdocker.engine;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.Engine;
import java.nio.file.Path;
import java.util.Map;

/** A volume of an engine; closing it removes it with its data. Thread-safe. */
public final class Volume implements AutoCloseable {
  private final Engine engine;
  private final io.jdocker.runtime.volume.Volume volume;

  Volume(Engine engine, io.jdocker.runtime.volume.Volume volume) {
    this.engine = engine;
    this.volume = volume;
  }

  public String name() {
    return volume.name();
  }

  public Map<String, String> labels() {
    return volume.labels();
  }

  /** The folder of this machine that containers see. */
  public Path data() {
    return volume.data();
  }

  /** For {@link ContainerRequestBuilder#mount}. */
  public Mount at(String target) {
    return Mount.volume(name(), target);
  }

  /**
   * Removes it with its data.
   *
   * @throws io.jdocker.linux.failure.Conflict while a container has it, running or not
   */
  public void remove() {
    engine.volumes().remove(name(), engine.containers().usersOfVolume(name()));
  }

  /** As {@link #remove}; nothing happens where it is gone already. */
  @Override
  public void close() {
    try {
      remove();
    } catch (NotFound e) {
      return; // gone, as it was to be
    }
  }

  @Override
  public String toString() {
    return "volume " + name();
  }
}
