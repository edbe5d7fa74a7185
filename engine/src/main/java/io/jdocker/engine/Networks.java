package io.jdocker.engine;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.Engine;
import java.util.List;
import java.util.Optional;

/** The networks of an engine. One is named by its name, its id or a prefix of that. Thread-safe. */
public final class Networks {
  private final Engine engine;

  Networks(Engine engine) {
    this.engine = engine;
  }

  /**
   * Makes one.
   *
   * @throws io.jdocker.linux.failure.Conflict when the name is taken
   */
  public Network create(NetworkRequest request) {
    return handle(engine.networks().create(request.spec()));
  }

  /**
   * One that is there.
   *
   * @throws NotFound when there is none
   */
  public Network get(String reference) {
    return handle(engine.networks().get(reference));
  }

  public Optional<Network> find(String reference) {
    try {
      return Optional.of(get(reference));
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /** Every one, those that are always there included. */
  public List<Network> list() {
    return engine.networks().list().stream().map(this::handle).toList();
  }

  private Network handle(io.jdocker.network.Network network) {
    return new Network(engine, network);
  }
}
