package io.jdocker.network;

import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.driver.Drivers;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.Firewalls;
import io.jdocker.network.firewall.PortRules;
import io.jdocker.network.ports.StaleFlows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of published ports, by the firewall of each protocol. Thread-safe. */
final class PublishedPorts {
  private final NetworkCatalog catalog;
  private final Drivers drivers;
  private final Firewalls firewalls;
  private final StaleFlows flows;

  PublishedPorts(NetworkCatalog catalog, Drivers drivers, Firewalls firewalls, StaleFlows flows) {
    this.catalog = catalog;
    this.drivers = drivers;
    this.firewalls = firewalls;
    this.flows = flows;
  }

  /** Changes on their way to the kernel. */
  record Changes(List<Firewall.Change> changes) {
    void await() {
      changes.forEach(Firewall.Change::await);
    }
  }

  /** What one firewall is to know of a container. */
  private record Part(Firewall firewall, PortRules rules) {}

  private List<Part> parts(Sandbox sandbox) {
    List<Part> parts = new ArrayList<>();
    List<PortBinding> bindings = sandbox.bindings();
    if (bindings.stream().anyMatch(b -> !b.isIpv6())) {
      bridged(sandbox.outside())
          .flatMap(e -> e.address().map(a -> rules(e, a.address(), bindings)))
          .ifPresent(rules -> parts.add(new Part(firewalls.four(), rules)));
    }
    if (bindings.stream().anyMatch(PortBinding::isIpv6)) {
      bridged(sandbox.outside6())
          .flatMap(e -> e.ipv6().map(six -> rules(e, six.address().address(), bindings)))
          .ifPresent(rules -> parts.add(new Part(firewalls.six(), rules)));
    }
    return parts;
  }

  private PortRules rules(Endpoint endpoint, Ip container, List<PortBinding> bindings) {
    boolean direct = !BridgeOptions.of(catalog.get(endpoint.networkId())).trusted().isEmpty();
    return new PortRules(container, bindings, direct);
  }

  /** Where the relay sends what comes by IPv6 and cannot be translated; empty where no port is. */
  Optional<Ip> relayTarget(Sandbox sandbox) {
    if (sandbox.bindings().isEmpty()) {
      return Optional.empty();
    }
    Optional<Ip> six =
        bridged(sandbox.outside6())
            .flatMap(Endpoint::ipv6)
            .map(address -> address.address().address());
    return six.or(() -> sandbox.outside().flatMap(Endpoint::address).map(Cidr::address));
  }

  /** Only on a bridge of the host are there ports of the host. */
  private Optional<Endpoint> bridged(Optional<Endpoint> endpoint) {
    return endpoint.filter(
        e ->
            catalog.knows(e.networkId())
                && drivers.of(catalog.get(e.networkId())).traits().bridge());
  }

  /** Publishes a container's ports. */
  Changes publish(Sandbox sandbox, Undo undo) {
    List<Firewall.Change> changes = new ArrayList<>();
    for (Part part : parts(sandbox)) {
      changes.add(part.firewall().publish(part.rules()));
      undo.push(
          "withdraw the ports of " + part.rules().container(),
          () -> part.firewall().withdraw(part.rules()).await());
    }
    return new Changes(changes);
  }

  /** The same for a container that has them already. */
  void renew(Sandbox sandbox) {
    parts(sandbox).forEach(part -> part.firewall().publish(part.rules()).await());
  }

  Changes withdraw(Sandbox sandbox) {
    return new Changes(
        parts(sandbox).stream().map(part -> part.firewall().withdraw(part.rules())).toList());
  }

  /** Makes the kernel forget UDP connections to ports whose rules have changed. */
  void forgetFlows(Sandbox sandbox) {
    flows.forget(sandbox.bindings());
  }

  void trace(Sandbox sandbox, long start, Trace trace) {
    for (Part part : parts(sandbox)) {
      List<String> commands = part.firewall().describe(part.rules());
      for (String command : commands) {
        trace.record(
            Stage.PORTS,
            "publish ports of " + part.rules().container(),
            () -> part.firewall().program() + "-restore --noflush: " + command,
            "ok",
            command.equals(commands.get(0)) ? start : 0,
            () -> command);
      }
    }
  }

  void traceWithdrawal(Sandbox sandbox, Trace trace) {
    for (Part part : parts(sandbox)) {
      trace.record(
          Stage.TEARDOWN,
          "withdraw the ports of " + part.rules().container(),
          () -> part.firewall().program() + "-restore --noflush: -D",
          "ok",
          0,
          () -> String.join("\n", part.firewall().describeRemoval(part.rules())));
    }
  }
}
