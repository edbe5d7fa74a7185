package io.jdocker.engine;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.network.NetworkMember;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import java.util.List;
import java.util.Map;

/** A network of an engine; closing it removes it. Thread-safe. */
public final class Network implements AutoCloseable {
  private final Engine engine;
  private final io.jdocker.network.Network network;

  Network(Engine engine, io.jdocker.network.Network network) {
    this.engine = engine;
    this.network = network;
  }

  /** 64 hexadecimal digits. */
  public String id() {
    return network.id();
  }

  public String name() {
    return network.name();
  }

  public Map<String, String> labels() {
    return network.labels();
  }

  /** {@code 172.18.0.0/16}; empty on the networks host and none. */
  public String subnet() {
    return network.ipam().map(ipam -> ipam.subnet().toString()).orElse("");
  }

  /** The host's address there; empty on the networks host and none. */
  public String gateway() {
    return network.ipam().map(ipam -> ipam.gateway().toString()).orElse("");
  }

  /** Ids of the running containers on it. */
  public List<String> members() {
    return engine.networks().members(id()).stream().map(NetworkMember::containerId).toList();
  }

  /** Puts a container on it, now and in its further runs. */
  public void connect(Container container, String... aliases) {
    engine
        .containers()
        .connect(
            container.id(), network, new EndpointRequest("", "", List.of(aliases), List.of(), 0));
  }

  /** Takes a container off it. */
  public void disconnect(Container container) {
    engine.containers().disconnect(container.id(), network, false);
  }

  /**
   * Removes it.
   *
   * @throws io.jdocker.linux.failure.Forbidden while running containers are on it
   */
  public void remove() {
    engine.networks().remove(id());
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
    return "network " + name();
  }
}
