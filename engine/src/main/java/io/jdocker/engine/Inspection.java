package io.jdocker.engine;

import io.jdocker.engine.ContainerDetails.NetworkAddress;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Ipv4;
import io.jdocker.network.MacAddress;
import io.jdocker.network.Networks;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Sandbox;
import io.jdocker.runtime.container.ContainerRecord;
import io.jdocker.runtime.container.ContainerState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of a container what the engine knows. */
final class Inspection {
  private Inspection() {}

  static ContainerDetails of(ContainerRecord record, Networks networks) {
    ContainerState state = record.state();
    Optional<Sandbox> sandbox =
        state.status().isAlive() ? networks.find(record.id().hex()) : Optional.empty();
    return new ContainerDetails(
        record.id().hex(),
        record.name(),
        record.spec().image(),
        record.imageId(),
        record.spec().process().argv(),
        record.spec().process().environment(),
        record.spec().labels(),
        ContainerDetails.Status.valueOf(state.status().name()),
        health(state),
        state.error(),
        state.exitCode(),
        state.oomKilled(),
        state.pid(),
        record.created(),
        moment(state.startedAt()),
        moment(state.finishedAt()),
        ports(sandbox),
        sandbox.map(Inspection::addresses).orElse(Map.of()));
  }

  private static ContainerDetails.Health health(ContainerState state) {
    return state
        .health()
        .map(health -> ContainerDetails.Health.valueOf(health.status().name()))
        .orElse(ContainerDetails.Health.NONE);
  }

  private static Optional<Instant> moment(Instant time) {
    return time.equals(ContainerState.NEVER) ? Optional.empty() : Optional.of(time);
  }

  private static List<PublishedPort> ports(Optional<Sandbox> sandbox) {
    return sandbox.map(Sandbox::bindings).orElse(List.of()).stream().map(Inspection::port).toList();
  }

  private static PublishedPort port(PortBinding binding) {
    return new PublishedPort(
        Port.parse(binding.container().toString()), binding.hostAddress(), binding.hostPort());
  }

  private static Map<String, NetworkAddress> addresses(Sandbox sandbox) {
    Map<String, NetworkAddress> addresses = new LinkedHashMap<>();
    for (Endpoint endpoint : sandbox.endpoints()) {
      addresses.put(
          endpoint.networkName(),
          new NetworkAddress(
              endpoint.address().map(address -> address.address().toString()).orElse(""),
              endpoint.gateway().map(Ipv4::toString).orElse(""),
              endpoint.mac().map(MacAddress::toString).orElse(""),
              endpoint.aliases()));
    }
    return addresses;
  }
}
