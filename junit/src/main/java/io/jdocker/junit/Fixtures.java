package io.jdocker.junit;

import io.jdocker.engine.Container;
import io.jdocker.engine.Image;
import io.jdocker.engine.Network;
import io.jdocker.engine.Volume;
import io.jdocker.linux.durable.Undo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * What was made for a class or for a test, by the names of the fields it is in. Closing it removes
 * all of it, the last first. Thread-safe.
 */
@SuppressWarnings("deprecation") // JUnit 5.13 names another interface, which 5.12 does not know
final class Fixtures implements CloseableResource {
  private final Optional<Fixtures> outer;
  private final Undo undo = new Undo();
  private final Map<String, Object> byField = new HashMap<>();
  private final List<Container> containers = new ArrayList<>();

  /**
   * @param outer those of the class, of a test; of the class around it, of a nested one
   */
  Fixtures(Optional<Fixtures> outer) {
    this.outer = outer;
  }

  synchronized void add(String field, Network network) {
    byField.put(field, network);
    undo.push("remove network " + network.name(), network::close);
  }

  synchronized void add(String field, Volume volume) {
    byField.put(field, volume);
    undo.push("remove volume " + volume.name(), volume::close);
  }

  synchronized void add(String field, Image image) {
    byField.put(field, image);
  }

  synchronized void add(Container container) {
    containers.add(container);
    undo.push("remove container " + container.id(), container::close);
  }

  /** What the field of that name holds, be it of this class or of one around it. */
  synchronized <T> Optional<T> find(String field, Class<T> type) {
    Optional<T> own =
        Optional.ofNullable(byField.get(field)).filter(type::isInstance).map(type::cast);
    return own.isPresent() ? own : outer.flatMap(fixtures -> fixtures.find(field, type));
  }

  /** The containers that a test has to do with, those it shares with others first. */
  List<Container> containers() {
    List<Container> all = new ArrayList<>();
    outer.ifPresent(fixtures -> all.addAll(fixtures.containers()));
    synchronized (this) {
      all.addAll(containers);
    }
    return all;
  }

  @Override
  public synchronized void close() {
    undo.close();
  }
}
