package io.jdocker.network.survey;

import io.jdocker.linux.netlink.AddressCalls.LinkAddress;
import io.jdocker.linux.netlink.LinkDetail;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.Sandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells from the engine's records what belongs to whom. Immutable. */
final class Owners {
  /** The network that each link of the host was made for. */
  private final Map<String, String> hostLinks = new HashMap<>();

  Owners(List<Network> networks, List<Sandbox> sandboxes) {
    for (Network network : networks) {
      if (!network.bridge().isEmpty()) {
        hostLinks.put(network.bridge(), network.name());
      }
    }
    for (Sandbox sandbox : sandboxes) {
      for (Endpoint endpoint : sandbox.endpoints()) {
        if (!endpoint.hostLink().isEmpty()) {
          hostLinks.put(endpoint.hostLink(), endpoint.networkName());
        }
      }
    }
  }

  /** What the place of a container is called: its name, unless the host itself is called so. */
  static String placeOf(Sandbox sandbox) {
    return sandbox.containerName().equals("host")
        ? sandbox.containerId().substring(0, Math.min(12, sandbox.containerId().length()))
        : sandbox.containerName();
  }

  /** The containers that have, or were the first in, a namespace. */
  static List<Sandbox> first(List<Sandbox> sandboxes) {
    Set<Path> seen = new HashSet<>();
    return sandboxes.stream()
        .filter(s -> !(s.mode() instanceof NetworkMode.Container))
        .filter(s -> s.namespacePath().filter(seen::add).isPresent())
        .toList();
  }

  /** The containers in a place, the one that the namespace was made for first. */
  List<Sandbox> in(String place, Place.Kind kind, List<Sandbox> containers) {
    return switch (kind) {
      case FOREIGN -> List.of();
      case HOST -> containers.stream().filter(c -> c.namespacePath().isEmpty()).toList();
      case CONTAINER -> {
        Sandbox owner =
            first(containers).stream().filter(c -> placeOf(c).equals(place)).findFirst().get();
        List<Sandbox> all = new ArrayList<>(List.of(owner));
        containers.stream()
            .filter(c -> !c.equals(owner) && c.namespacePath().equals(owner.namespacePath()))
            .forEach(all::add);
        yield all;
      }
    };
  }

  /** The links of a place with their addresses, by index. */
  List<SeenLink> links(Place.Kind kind, List<LinkDetail> links, List<LinkAddress> addresses) {
    return links.stream()
        .sorted(Comparator.comparingInt(l -> l.info().index()))
        .map(
            link ->
                new SeenLink(
                    link,
                    addresses.stream()
                        .filter(a -> a.link() == link.info().index())
                        .filter(a -> !a.address().isLinkLocalAddress())
                        .map(a -> a.address().getHostAddress() + "/" + a.prefix())
                        .toList(),
                    owner(kind, link)))
        .toList();
  }

  private Owner owner(Place.Kind kind, LinkDetail link) {
    String name = link.info().name();
    if (name.equals("lo")) {
      return new Owner.Machine();
    }
    return switch (kind) {
      case HOST ->
          hostLinks.containsKey(name)
              ? new Owner.Engine(hostLinks.get(name))
              : link.info().kind().isEmpty() ? new Owner.Machine() : new Owner.Foreign();
      case CONTAINER -> new Owner.Engine("");
      case FOREIGN -> new Owner.Foreign();
    };
  }
}
