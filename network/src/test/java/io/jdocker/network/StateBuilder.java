package io.jdocker.network;

import io.jdocker.network.state.SandboxState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The state of a running container's sandbox. */
final class StateBuilder {
  private final String id;
  private final String name;
  private NetworkMode mode = new NetworkMode.Bridge();
  private boolean owned = true;
  private boolean ownNamespace = true;
  private Optional<NamesSpec> names = Optional.empty();
  private int namePort;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<PortBinding> bindings = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  private StateBuilder(String id, String name) {
    this.id = id;
    this.name = name;
  }

  static StateBuilder container(String id, String name) {
    return new StateBuilder(id, name);
  }

  StateBuilder mode(String text) {
    mode = NetworkMode.parse(text);
    return this;
  }

  /** One more endpoint; the first on a network with a way out has the default route. */
  StateBuilder on(Network network, String address, String... aliases) {
    boolean routed = endpoints.stream().anyMatch(Endpoint::defaultRoute);
    IpamConfig ipam = network.ipam().orElseThrow();
    endpoints.add(
        new Endpoint(
            id + network.name(),
            network.id(),
            network.name(),
            "eth" + endpoints.size(),
            "jt-" + network.name(), // no link of the host has such a name
            Optional.of(new Cidr(Ipv4.of(address), ipam.subnet().prefix())),
            network.internal() ? Optional.empty() : Optional.of(ipam.gateway()),
            Optional.empty(),
            !routed && !network.internal(),
            false,
            List.of(aliases)));
    return this;
  }

  StateBuilder publish(int hostPort, Port port) {
    bindings.add(new PortBinding(port, "0.0.0.0", hostPort));
    return this;
  }

  StateBuilder link(SandboxState target, String alias, Port... exposed) {
    Sandbox sandbox = target.sandbox();
    links.add(
        new Link(
            sandbox.containerId(),
            sandbox.containerName(),
            alias,
            Set.of(exposed),
            List.of("LEVEL=high")));
    return this;
  }

  StateBuilder names(NamesSpec spec) {
    names = Optional.of(spec);
    return this;
  }

  StateBuilder namePort(int port) {
    namePort = port;
    return this;
  }

  /** In the namespace of the host, or of somebody else. */
  StateBuilder shared(boolean hosts) {
    owned = false;
    ownNamespace = !hosts;
    return this;
  }

  SandboxState build() {
    Sandbox sandbox =
        new Sandbox(
            id + "sandbox",
            id,
            name,
            mode,
            ownNamespace ? Optional.of(Path.of("/run/netns/" + id)) : Optional.empty(),
            ownNamespace ? "jd-" + name : "",
            endpoints,
            bindings,
            List.of());
    return new SandboxState(sandbox, owned, links, names, namePort);
  }
}
