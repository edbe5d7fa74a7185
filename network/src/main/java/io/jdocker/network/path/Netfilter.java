package io.jdocker.network.path;

import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.firewall.RuleReader;
import io.jdocker.network.rules.Packet;
import io.jdocker.network.rules.Passed;
import io.jdocker.network.rules.RuleHit;
import io.jdocker.network.rules.RuleTables;
import io.jdocker.network.rules.TableWalk;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.Survey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The hooks of netfilter in each namespace, with what conntrack remembers there: nat's tables see
 * only the first packet of a connection, and answers are translated back.
 */
final class Netfilter {
  private final Survey survey;
  private final RuleReader reader;
  private final Map<String, RuleTables> tables = new HashMap<>();
  private final Map<String, Translation> connections = new HashMap<>();
  private final List<RuleHit> doubts = new ArrayList<>();

  Netfilter(Survey survey, RuleReader reader) {
    this.survey = survey;
    this.reader = reader;
  }

  /** What a hook did to a packet. */
  record Result(Packet packet, List<RuleHit> hits) {}

  /** Rules of which it was not known whether they matter. */
  List<RuleHit> doubts() {
    return doubts;
  }

  /** Before the route is chosen. */
  Result prerouting(Place place, Packet packet) {
    if (packet.established()) {
      Result result = filter(place, "PREROUTING", packet, "raw", "mangle");
      return new Result(back(place, result.packet()), result.hits());
    }
    boolean seen = connections.containsKey(place.name());
    connections.putIfAbsent(place.name(), new Translation(packet, packet));
    return seen // it was made here and has come by the loopback: nat has had its say
        ? filter(place, "PREROUTING", packet, "raw", "mangle")
        : remembered(place, filter(place, "PREROUTING", packet, "raw", "mangle", "nat"));
  }

  /** A packet that a program sends. */
  Result output(Place place, Packet packet) {
    if (packet.established()) {
      return filter(place, "OUTPUT", packet, "raw", "mangle", "filter");
    }
    connections.putIfAbsent(place.name(), new Translation(packet, packet));
    return remembered(place, filter(place, "OUTPUT", packet, "raw", "mangle", "nat", "filter"));
  }

  Result forward(Place place, Packet packet) {
    return filter(place, "FORWARD", packet, "mangle", "filter");
  }

  /** Before a program gets it. */
  Result input(Place place, Packet packet) {
    Result result = filter(place, "INPUT", packet, "mangle", "filter");
    return packet.established()
        ? new Result(sourceBack(place, result.packet()), result.hits())
        : remembered(place, append(result, filter(place, "INPUT", result.packet(), "nat")));
  }

  /** Before it leaves. */
  Result postrouting(Place place, Packet packet) {
    if (packet.established()) {
      Result result = filter(place, "POSTROUTING", packet, "mangle");
      return new Result(sourceBack(place, result.packet()), result.hits());
    }
    return remembered(place, filter(place, "POSTROUTING", packet, "mangle", "nat"));
  }

  private Result remembered(Place place, Result result) {
    connections.computeIfPresent(
        place.name(), (name, known) -> new Translation(known.first(), result.packet()));
    return result;
  }

  private static Result append(Result one, Result other) {
    List<RuleHit> hits = new ArrayList<>(one.hits());
    hits.addAll(other.hits());
    return new Result(other.packet(), hits);
  }

  private Packet back(Place place, Packet answer) {
    Translation known = connections.get(place.name());
    return known != null && known.isAnswer(answer)
        ? known.destinationRestored(answer).translated(known.changesDestination())
        : answer;
  }

  private Packet sourceBack(Place place, Packet answer) {
    Translation known = connections.get(place.name());
    boolean asked =
        known != null
            && answer.destination().equals(known.first().source())
            && answer.source().equals(known.last().destination());
    return asked ? known.sourceRestored(answer) : answer;
  }

  private Result filter(Place place, String chain, Packet packet, String... names) {
    List<RuleHit> hits = new ArrayList<>();
    Packet now = packet;
    for (String table : names) {
      Passed passed =
          new TableWalk(tables(place), a -> type(place, a), p -> own(place, p), now)
              .from(table, chain);
      hits.addAll(passed.hits());
      doubts.addAll(passed.doubts());
      if (passed.stopped().isPresent()) {
        throw new Stopped(hits, passed.stopped().get());
      }
      now = passed.packet();
    }
    return new Result(now, hits);
  }

  /** A rule has stopped a packet. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<RuleHit> hits;
    private final transient RuleHit by;

    Stopped(List<RuleHit> hits, RuleHit by) {
      super(by.text());
      this.hits = hits;
      this.by = by;
    }

    List<RuleHit> hits() {
      return hits;
    }

    RuleHit by() {
      return by;
    }
  }

  RuleTables tables(Place place) {
    return tables.computeIfAbsent(
        place.name(), name -> RuleTables.parse(survey.probe(place).inside(reader::save)));
  }

  static String type(Place place, Ipv4 address) {
    if (address.isLoopback() || place.holder(address).isPresent()) {
      return "LOCAL";
    }
    if (address.bits() == -1
        || place.links().stream()
            .flatMap(l -> l.ipv4().stream())
            .anyMatch(c -> c.prefix() < 31 && c.last().equals(address))) {
      return "BROADCAST";
    }
    return address.bits() >>> 28 == 0xe ? "MULTICAST" : "UNICAST";
  }

  /** The address of the link that a packet leaves by, or has come by. */
  private static Ipv4 own(Place place, Packet packet) {
    String name = packet.out().isEmpty() ? packet.in() : packet.out();
    List<Cidr> addresses = place.link(name).map(l -> l.ipv4()).orElse(List.of());
    return addresses.stream()
        .filter(c -> c.contains(packet.destination()))
        .findFirst()
        .or(() -> addresses.stream().findFirst())
        .map(Cidr::address)
        .orElse(packet.out().isEmpty() ? Ipv4.of("127.0.0.1") : packet.source());
  }
}
