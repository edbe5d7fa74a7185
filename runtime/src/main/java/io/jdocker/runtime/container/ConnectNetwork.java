package io.jdocker.runtime.container;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.network.EndpointSpec;
import io.jdocker.network.Network;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The verbs network connect and disconnect: for a running container at once, and for its further
 * runs. The network that is a container's mode is joined at each start, disconnected or not.
 */
final class ConnectNetwork {
  private final EngineParts parts;
  private final ContainerStore store;
  private final ContainerEvents events;

  ConnectNetwork(EngineParts parts, ContainerStore store, ContainerEvents events) {
    this.parts = parts;
    this.store = store;
    this.events = events;
  }

  void connect(Container container, Network network, EndpointRequest request) {
    container.lock().lock();
    try {
      NetworkingSpec before = container.record().spec().networking();
      String key = network.name();
      boolean own = before.mode().equals(key) || before.mode().equals(network.id());
      if (before.endpoints().containsKey(key) && !own) {
        throw new Forbidden(
            "endpoint with name "
                + container.record().name()
                + " already exists in network "
                + key);
      }
      Map<String, EndpointRequest> endpoints = without(before, network);
      endpoints.put(key, request);
      NetworkingSpec after = before.withEndpoints(endpoints);
      EndpointSpec wish =
          NetworkWishes.endpoints(
                  NetworkingSpec.standard("none").withEndpoints(Map.of(key, request)))
              .stream()
              .filter(endpoint -> endpoint.network().equals(key))
              .findFirst()
              .orElseGet(() -> EndpointSpec.on(key));
      boolean alive = container.state().status().isAlive();
      try (Undo undo = new Undo()) {
        if (alive) {
          String id = container.id().hex();
          parts.networks().connect(id, network.id(), wish);
          undo.push(
              "disconnect from " + key, () -> parts.networks().disconnect(id, network.id(), true));
        }
        save(container, after);
        undo.commit();
      }
      if (alive) {
        events.network(container, "connect", network.id(), key);
      }
    } finally {
      container.lock().unlock();
    }
  }

  void disconnect(Container container, Network network, boolean force) {
    container.lock().lock();
    try {
      NetworkingSpec before = container.record().spec().networking();
      boolean known =
          List.of(network.name(), network.id()).contains(before.mode())
              || (network.name().equals(Network.DEFAULT) && before.mode().equals("default"))
              || before.endpoints().containsKey(network.name())
              || before.endpoints().containsKey(network.id());
      if (!known && !force) {
        throw new Forbidden(
            "container " + container.id() + " is not connected to network " + network.name());
      }
      if (container.state().status().isAlive()) {
        parts.networks().disconnect(container.id().hex(), network.id(), force);
        events.network(container, "disconnect", network.id(), network.name());
      }
      save(container, before.withEndpoints(without(before, network)));
    } finally {
      container.lock().unlock();
    }
  }

  private static Map<String, EndpointRequest> without(NetworkingSpec spec, Network network) {
    Map<String, EndpointRequest> endpoints = new HashMap<>(spec.endpoints());
    endpoints.remove(network.name());
    endpoints.remove(network.id());
    return endpoints;
  }

  private void save(Container container, NetworkingSpec networking) {
    ContainerRecord record =
        container.record().withSpec(container.record().spec().withNetworking(networking));
    store.save(record);
    container.replace(record);
  }
}
