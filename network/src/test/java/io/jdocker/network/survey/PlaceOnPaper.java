package io.jdocker.network.survey;

import io.jdocker.linux.netlink.ForwardingTable;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Sandbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A namespace that exists in a test's words alone. */
public final class PlaceOnPaper {
  private final String name;
  private final Place.Kind kind;
  private final List<Sandbox> sandboxes = new ArrayList<>();
  private final List<SeenLink> links = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final List<ForwardingTable.Entry> forwarding = new ArrayList<>();
  private final Map<Integer, String> neighbours = new HashMap<>();

  private PlaceOnPaper(String name, Place.Kind kind) {
    this.name = name;
    this.kind = kind;
  }

  public static PlaceOnPaper host() {
    return new PlaceOnPaper("host", Place.Kind.HOST);
  }

  public static PlaceOnPaper container(Sandbox sandbox) {
    return new PlaceOnPaper(sandbox.containerName(), Place.Kind.CONTAINER).with(sandbox);
  }

  public static PlaceOnPaper foreign(String name) {
    return new PlaceOnPaper(name, Place.Kind.FOREIGN);
  }

  public PlaceOnPaper with(Sandbox sandbox) {
    sandboxes.add(sandbox);
    return this;
  }

  public PlaceOnPaper with(LinkOnPaper link) {
    links.add(link.build());
    return this;
  }

  public PlaceOnPaper with(SeenLink link) {
    links.add(link);
    return this;
  }

  public PlaceOnPaper defaultRoute(String gateway, int link) {
    routes.add(new Route(Optional.empty(), 0, Optional.of(Ipv4.of(gateway).toInetAddress()), link));
    return this;
  }

  public PlaceOnPaper route(String subnet, int link) {
    Cidr cidr = Cidr.of(subnet);
    routes.add(
        new Route(
            Optional.of(cidr.first().toInetAddress()), cidr.prefix(), Optional.empty(), link));
    return this;
  }

  public PlaceOnPaper forwards(int link, String mac, String remote) {
    forwarding.add(
        new ForwardingTable.Entry(
            link,
            mac,
            remote.isEmpty() ? Optional.empty() : Optional.of(Ipv4.of(remote).toInetAddress())));
    return this;
  }

  /** It calls another namespace by that number. */
  public PlaceOnPaper knows(int number, String other) {
    neighbours.put(number, other);
    return this;
  }

  public Place build() {
    return new Place(name, kind, sandboxes, links, routes, forwarding, List.of(), neighbours);
  }
}
