package io.jdocker.daemon.networks;

import io.jdocker.daemon.containers.EndpointDocument;
import io.jdocker.daemon.containers.EndpointRequests;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.LabelFilter;
import io.jdocker.daemon.http.Until;
import io.jdocker.network.Network;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Making and removing networks, and putting containers on them. */
final class NetworkChanges {
  private final Supplier<Engine> engine;

  NetworkChanges(Supplier<Engine> engine) {
    this.engine = engine;
  }

  record Created(String id, String warning) {}

  record Connect(String container, Optional<EndpointDocument> endpointConfig) {}

  record Disconnect(String container, boolean force) {}

  record Pruned(Optional<List<String>> networksDeleted) {}

  void create(Exchange exchange) throws IOException {
    Network network = engine.get().networks().create(exchange.body(CreateNetwork.class).spec());
    publish("create", network);
    exchange.json(201, new Created(network.id(), ""));
  }

  void remove(Exchange exchange) throws IOException {
    Network network = engine.get().networks().get(exchange.parameter());
    engine.get().networks().remove(network.id());
    publish("destroy", network);
    exchange.empty(204);
  }

  void prune(Exchange exchange) throws IOException {
    Filters filters = Filters.of(exchange.query(), Set.of("label", "label!", "until"));
    Optional<Instant> until = Until.of(filters, Clock.systemUTC());
    List<String> names =
        engine
            .get()
            .networks()
            .prune(
                network ->
                    LabelFilter.matches(filters, network.labels())
                        && until.map(time -> network.created().isBefore(time)).orElse(true));
    exchange.json(200, new Pruned(names.isEmpty() ? Optional.empty() : Optional.of(names)));
  }

  void connect(Exchange exchange) throws IOException {
    Connect sent = exchange.body(Connect.class);
    Network network = engine.get().networks().get(exchange.parameter());
    EndpointRequest wish =
        sent.endpointConfig()
            .map(settings -> EndpointRequests.of(network.name(), settings))
            .orElse(EndpointRequest.NOTHING);
    engine.get().containers().connect(sent.container(), network, wish);
    exchange.empty(200);
  }

  void disconnect(Exchange exchange) throws IOException {
    Disconnect sent = exchange.body(Disconnect.class);
    Network network = engine.get().networks().get(exchange.parameter());
    engine.get().containers().disconnect(sent.container(), network, sent.force());
    exchange.empty(200);
  }

  private void publish(String action, Network network) {
    engine
        .get()
        .events()
        .publish(
            Event.Type.NETWORK,
            action,
            network.id(),
            Map.of("name", network.name(), "type", network.driver()));
  }
}
