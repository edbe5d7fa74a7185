package io.jdocker.network.path;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.netlink.RouteLookup.Decision;
import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.util.List;
import java.util.Optional;

/** Finds whom a word of the command line means. */
final class Parties {
  private final Survey survey;

  Parties(Survey survey) {
    this.survey = survey;
  }

  /** {@code host}, a container by name or id, a namespace by name, or an address. */
  Party named(String word) {
    Optional<Ipv4> address = Ipv4.parse(word);
    if (address.isPresent()) {
      return at(address.get());
    }
    Place place =
        container(word)
            .or(() -> survey.place(word))
            .orElseThrow(
                () ->
                    new NotFound(
                        "no running container and no namespace is called "
                            + word
                            + ": name a container, host, a namespace of jdocker network graph, or"
                            + " an IPv4 address"));
    return new Party(Optional.of(place), Optional.empty(), Optional.empty());
  }

  private Optional<Place> container(String word) {
    List<Sandbox> named =
        survey.sandboxes().stream()
            .filter(s -> s.containerName().equals(word) || s.containerId().startsWith(word))
            .toList();
    Optional<Sandbox> exact =
        named.stream().filter(s -> s.containerName().equals(word)).findFirst();
    if (exact.isEmpty() && named.size() > 1) {
      throw new InvalidArgument(word + " is the beginning of several containers' ids");
    }
    return exact
        .or(() -> named.stream().findFirst())
        .flatMap(s -> survey.places().stream().filter(p -> p.sandboxes().contains(s)).findFirst());
  }

  private Party at(Ipv4 address) {
    if (address.isLoopback()) {
      return new Party(Optional.of(survey.host()), Optional.of(address), Optional.empty());
    }
    Optional<Place> holder =
        survey.places().stream().filter(p -> p.holder(address).isPresent()).findFirst();
    return new Party(
        holder, Optional.of(address), holder.isPresent() ? Optional.empty() : door(address));
  }

  /** The link by which the host would send to somebody outside: their packets come in there. */
  private Optional<LinkEnd> door(Ipv4 address) {
    Place host = survey.host();
    Decision decision =
        survey
            .probe(host)
            .netlink()
            .routeLookup()
            .output(Optional.empty(), address.toInetAddress(), 0);
    SeenLink link =
        decision instanceof Decision.Send send ? host.link(send.link()).orElse(null) : null;
    if (link == null) {
      throw new NotFound("the host has no route to " + address + ": nothing comes from there");
    }
    return Optional.of(new LinkEnd(host, link));
  }

  /** The address that one party calls another by. */
  Ipv4 addressFor(Party from, Party to) {
    if (to.address().isPresent()) {
      return to.address().get();
    }
    Place place = to.place().orElseThrow();
    if (from.place().filter(p -> p.name().equals(place.name())).isPresent()) {
      return Ipv4.of("127.0.0.1");
    }
    List<Cidr> mine =
        from.place()
            .map(p -> p.links().stream().flatMap(l -> l.ipv4().stream()).toList())
            .orElseGet(() -> from.door().map(d -> d.link().ipv4()).orElse(List.of()));
    List<Cidr> theirs =
        place.links().stream()
            .filter(l -> !l.isLoopback())
            .flatMap(l -> l.ipv4().stream())
            .toList();
    return theirs.stream()
        .filter(t -> mine.stream().anyMatch(m -> m.overlaps(t)))
        .map(Cidr::address)
        .findFirst()
        .or(() -> outside(place))
        .or(() -> theirs.stream().map(Cidr::address).findFirst())
        .orElseThrow(() -> new NotFound(place.title() + " has no IPv4 address"));
  }

  private static Optional<Ipv4> outside(Place place) {
    return place.sandboxes().stream()
        .flatMap(s -> s.outside().stream())
        .flatMap((Endpoint e) -> e.address().stream())
        .map(Cidr::address)
        .findFirst();
  }
}
