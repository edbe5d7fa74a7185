package io.jdocker.network.survey;

import io.jdocker.linux.netlink.ForwardingTable;
import io.jdocker.linux.netlink.NeighbourCalls.Neighbour;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network namespace as it was found.
 *
 * @param name {@code host}, a container's name, or what it is called in /run/netns
 * @param sandboxes the containers in it; the first one owns it
 * @param neighbours the names of other places, by the numbers this one knows them by
 */
public record Place(
    String name,
    Kind kind,
    List<Sandbox> sandboxes,
    List<SeenLink> links,
    List<Route> routes,
    List<ForwardingTable.Entry> forwarding,
    List<Neighbour> resolved,
    Map<Integer, String> neighbours) {
  /** Whose namespace it is. */
  public enum Kind {
    HOST,
    CONTAINER,
    FOREIGN
  }

  public Place {
    sandboxes = List.copyOf(sandboxes);
    links = List.copyOf(links);
    routes = List.copyOf(routes);
    forwarding = List.copyOf(forwarding);
    resolved = List.copyOf(resolved);
    neighbours = Map.copyOf(neighbours);
  }

  public boolean isHost() {
    return kind == Kind.HOST;
  }

  public Optional<SeenLink> link(int index) {
    return links.stream().filter(l -> l.index() == index).findFirst();
  }

  public Optional<SeenLink> link(String name) {
    return links.stream().filter(l -> l.name().equals(name)).findFirst();
  }

  /** The ports of a bridge. */
  public List<SeenLink> ports(SeenLink bridge) {
    return links.stream().filter(l -> l.master() == bridge.index()).toList();
  }

  /** The link that has an address. */
  public Optional<SeenLink> holder(Ipv4 address) {
    return links.stream().filter(l -> l.has(address)).findFirst();
  }

  /** The default route with the lowest metric, which the kernel lists first. */
  public Optional<Route> defaultRoute() {
    return routes.stream().filter(r -> r.prefix() == 0).findFirst();
  }

  /** How a person would call it: {@code container web}, {@code namespace ns1}, {@code host}. */
  public String title() {
    return switch (kind) {
      case HOST -> "host";
      case CONTAINER -> "container " + name;
      case FOREIGN -> name.startsWith("process ") ? name : "namespace " + name;
    };
  }
}
