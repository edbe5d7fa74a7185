package io.jdocker.network.state;

import io.jdocker.network.Link;
import io.jdocker.network.NamesSpec;
import io.jdocker.network.Sandbox;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a sandbox's file holds: all that must be known to build the sandbox again, or to remove
 * every trace of it. It is written before the kernel is told anything.
 *
 * @param owned true where the namespace is the sandbox's own and goes with it
 * @param namePort the port of 127.0.0.11 inside the namespace where names are answered; 0 for none
 */
public record SandboxState(
    Sandbox sandbox, boolean owned, List<Link> links, Optional<NamesSpec> names, int namePort) {
  public SandboxState {
    Objects.requireNonNull(sandbox, "no sandbox");
    links = List.copyOf(links);
  }

  /** The same with a changed sandbox. */
  public SandboxState with(Sandbox changed) {
    return new SandboxState(changed, owned, links, names, namePort);
  }

  /** The same with changed links. */
  public SandboxState withLinks(List<Link> changed) {
    return new SandboxState(sandbox, owned, changed, names, namePort);
  }

  /** The same with names answered on another port. */
  public SandboxState withNamePort(int port) {
    return new SandboxState(sandbox, owned, links, names, port);
  }
}
