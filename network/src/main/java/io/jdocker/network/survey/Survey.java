package io.jdocker.network.survey;

import io.jdocker.linux.netlink.LinkDetail;
import io.jdocker.network.Network;
import io.jdocker.network.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found at one moment. It keeps the namespaces open that it tells of, so that more can be
 * asked there; close it soon. One thread.
 */
public final class Survey implements AutoCloseable {
  private final List<Place> places;
  private final Map<String, Probe> probes;
  private final List<Network> networks;
  private final List<Sandbox> sandboxes;

  Survey(
      List<Place> places,
      Map<String, Probe> probes,
      List<Network> networks,
      List<Sandbox> sandboxes) {
    this.places = List.copyOf(places);
    this.probes = Map.copyOf(probes);
    this.networks = List.copyOf(networks);
    this.sandboxes = List.copyOf(sandboxes);
  }

  /** The engine's own network namespace. */
  public Place host() {
    return places.get(0);
  }

  /** The host first, then containers, then what is foreign. */
  public List<Place> places() {
    return places;
  }

  public List<Network> networks() {
    return networks;
  }

  /** Every container that has or shares a network. */
  public List<Sandbox> sandboxes() {
    return sandboxes;
  }

  public Optional<Place> place(String name) {
    return places.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /** The open namespace behind a place. */
  public Probe probe(Place place) {
    return probes.get(place.name());
  }

  /**
   * What a link is tied to: a veth's other end, or the link that a macvlan, ipvlan or vlan stands
   * upon. Empty where that is in a namespace that nobody here can name: outside.
   */
  public Optional<LinkEnd> other(LinkEnd end) {
    LinkDetail detail = end.link().detail();
    if (detail.info().peer() == 0) {
      return Optional.empty();
    }
    Optional<Place> there =
        detail.peerNamespace() == LinkDetail.SAME_NAMESPACE
            ? Optional.of(end.place())
            : Optional.ofNullable(end.place().neighbours().get(detail.peerNamespace()))
                .flatMap(this::place);
    return there.flatMap(p -> p.link(detail.info().peer()).map(l -> new LinkEnd(p, l)));
  }

  /** The links that stand upon a link, wherever they are. */
  public List<LinkEnd> above(LinkEnd parent) {
    List<LinkEnd> above = new ArrayList<>();
    for (Place place : places) {
      for (SeenLink link : place.links()) {
        LinkEnd end = new LinkEnd(place, link);
        if (link.isStacked() && other(end).filter(o -> same(o, parent)).isPresent()) {
          above.add(end);
        }
      }
    }
    return above;
  }

  private static boolean same(LinkEnd one, LinkEnd other) {
    return one.place().name().equals(other.place().name())
        && one.link().index() == other.link().index();
  }

  @Override
  public void close() {
    probes.values().forEach(Probe::close);
  }
}
