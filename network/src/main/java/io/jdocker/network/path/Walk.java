package io.jdocker.network.path;

import io.jdocker.linux.Sysctl;
import io.jdocker.linux.netlink.RouteLookup.Decision;
import io.jdocker.network.Ipv4;
import io.jdocker.network.rules.Packet;
import io.jdocker.network.rules.RuleHit;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * Takes one packet through the IP layers of namespaces; {@link Wire} takes it from one to the next.
 * Used once.
 */
final class Walk {
  private final Survey survey;
  private final Netfilter netfilter;
  private final Story story = new Story();
  private final Wire wire;

  Walk(Survey survey, Netfilter netfilter) {
    this.survey = survey;
    this.netfilter = netfilter;
    this.wire = new Wire(survey, netfilter, story, this);
  }

  List<Hop> hops() {
    return story.hops();
  }

  /** A program sends a packet; where the source is 0.0.0.0 the kernel chooses it. */
  End send(Place place, Packet wanted) {
    return guarded(place, () -> output(place, wanted));
  }

  /** A packet comes from outside, addressed to a neighbour on that link. */
  End enter(Place place, SeenLink link, Packet packet, Ipv4 neighbour) {
    return guarded(
        place,
        () -> {
          story.tell(place, packet + " comes in by " + Story.name(link));
          return wire.arrive(place, link, packet, neighbour);
        });
  }

  private interface Step {
    End take();
  }

  private End guarded(Place place, Step step) {
    try {
      return step.take();
    } catch (Netfilter.Stopped e) {
      throw stopped(e, place);
    }
  }

  /** A rule's verdict as the end of the way. */
  private Lost stopped(Netfilter.Stopped stop, Place begun) {
    String place =
        story.hops().isEmpty() ? begun.title() : story.hops().get(story.hops().size() - 1).place();
    RuleHit by = stop.by();
    boolean rejected = by.text().contains("-j REJECT");
    return new Lost(
        new Outcome(
            rejected ? Outcome.Kind.REJECTED : Outcome.Kind.DROPPED,
            place,
            "table " + by.table() + ", chain " + by.chain() + ": " + by.text()));
  }

  private End output(Place place, Packet wanted) {
    Decision first = route(place, wanted, Optional.empty());
    Packet packet = wanted.source().isAny() ? sourced(wanted, first) : wanted;
    String out = outName(place, packet, first);
    story.tell(place, packet + " is sent" + routed(place, first));
    Netfilter.Result result = ruled(place, () -> netfilter.output(place, packet.between("", out)));
    Decision decision = first;
    if (!result.packet().destination().equals(packet.destination())
        || result.packet().mark() != packet.mark()) {
      decision = route(place, result.packet(), Optional.empty());
      outName(place, result.packet(), decision);
      add(place, "now " + result.packet() + routed(place, decision), result.hits());
    } else {
      add(place, "OUTPUT", result.hits());
    }
    return leave(place, result.packet(), decision);
  }

  /** Tells of a hook only where it had a say. */
  private void add(Place place, String text, List<RuleHit> hits) {
    if (!hits.isEmpty()) {
      story.tell(place, text, hits);
    }
  }

  private interface Hook {
    Netfilter.Result run();
  }

  /** Runs a hook; where a rule stops the packet, what it met before is told first. */
  private Netfilter.Result ruled(Place place, Hook hook) {
    try {
      return hook.run();
    } catch (Netfilter.Stopped e) {
      story.tell(place, "a rule stops it", e.hits());
      throw stopped(e, place);
    }
  }

  private static Packet sourced(Packet packet, Decision decision) {
    Optional<InetAddress> source =
        decision instanceof Decision.Send send
            ? send.source()
            : decision instanceof Decision.Deliver here ? here.source() : Optional.empty();
    return source.map(s -> packet.from(four(s), packet.sourcePort())).orElse(packet);
  }

  private static Ipv4 four(InetAddress address) {
    return Ipv4.of((Inet4Address) address);
  }

  private Decision route(Place place, Packet packet, Optional<SeenLink> in) {
    var lookup = survey.probe(place).netlink().routeLookup();
    InetAddress to = packet.destination().toInetAddress();
    if (in.isPresent()) {
      return lookup.input(packet.source().toInetAddress(), to, in.get().index(), packet.mark());
    }
    Optional<InetAddress> source =
        packet.source().isAny() ? Optional.empty() : Optional.of(packet.source().toInetAddress());
    return lookup.output(source, to, packet.mark());
  }

  private String outName(Place place, Packet packet, Decision decision) {
    if (decision instanceof Decision.Send send) {
      return place.link(send.link()).map(SeenLink::name).orElse("");
    }
    if (decision instanceof Decision.Deliver) {
      return "lo";
    }
    throw unreachable(place, packet);
  }

  private String routed(Place place, Decision decision) {
    if (decision instanceof Decision.Send send) {
      String link = place.link(send.link()).map(Story::name).orElse("?");
      return ", route "
          + send.gateway().map(g -> "via " + g.getHostAddress() + " ").orElse("")
          + "by "
          + link;
    }
    return ", to this namespace itself";
  }

  /** Past the route: out by a link, or round by the loopback. */
  private End leave(Place place, Packet packet, Decision decision) {
    if (decision instanceof Decision.Send send) {
      SeenLink out = place.link(send.link()).orElseThrow();
      Packet between = packet.between(packet.in(), out.name());
      Netfilter.Result result = ruled(place, () -> netfilter.postrouting(place, between));
      add(place, "leaves as " + result.packet(), result.hits());
      Ipv4 next = send.gateway().map(Walk::four).orElse(packet.destination());
      return wire.transmit(place, out, result.packet(), next);
    }
    Netfilter.Result out =
        ruled(place, () -> netfilter.postrouting(place, packet.between("", "lo")));
    add(place, "to itself as " + out.packet(), out.hits());
    Netfilter.Result in =
        ruled(place, () -> netfilter.prerouting(place, out.packet().between("lo", "")));
    add(place, "comes by lo", in.hits());
    return deliver(place, in.packet());
  }

  /**
   * A packet has come to the IP layer by a link.
   *
   * @param seen true where PREROUTING has seen it on the bridge
   */
  End receive(Place place, SeenLink in, Packet packet, boolean seen) {
    Packet now = packet;
    if (!seen) {
      Packet before = packet.between(in.name(), "");
      Netfilter.Result result = ruled(place, () -> netfilter.prerouting(place, before));
      add(place, "PREROUTING" + changed(before, result.packet()), result.hits());
      now = result.packet();
    }
    Decision decision = route(place, now, Optional.of(in));
    if (decision instanceof Decision.Deliver) {
      return deliver(place, now.between(in.name(), ""));
    }
    if (decision instanceof Decision.Refuse refuse) {
      throw refused(place, in, now, refuse.errno());
    }
    Packet between = now.between(in.name(), outName(place, now, decision));
    story.tell(place, "is forwarded" + routed(place, decision));
    Netfilter.Result result = ruled(place, () -> netfilter.forward(place, between));
    add(place, "FORWARD", result.hits());
    return leave(place, result.packet(), decision);
  }

  static String changed(Packet before, Packet after) {
    return before.toString().equals(after.toString()) ? "" : ", now " + after;
  }

  /** The sender is told at once: by an error, or by ICMP. */
  private static Lost unreachable(Place place, Packet packet) {
    String why = place.title() + " has no route to " + packet.destination();
    return new Lost(new Outcome(Outcome.Kind.REJECTED, place.title(), why));
  }

  private Lost refused(Place place, SeenLink in, Packet packet, Errno errno) {
    String setting = "net/ipv4/conf/" + in.name() + "/forwarding";
    boolean forwards = survey.probe(place).inside(() -> Sysctl.read(setting)).equals("1");
    return switch (errno) {
      case EXDEV ->
          Lost.dropped(
              place.title(),
              "answers to "
                  + packet.source()
                  + " would not leave by "
                  + in.name()
                  + ": the reverse path filter drops it (net.ipv4.conf."
                  + in.name()
                  + ".rp_filter)");
      case EINVAL ->
          Lost.dropped(
              place.title(),
              packet
                  + " must not come from outside (a martian; net.ipv4.conf."
                  + in.name()
                  + ".route_localnet)");
      default ->
          forwards
              ? unreachable(place, packet)
              : Lost.dropped(
                  place.title(),
                  place.title()
                      + " does not forward what comes in by "
                      + in.name()
                      + ": sysctl -w net.ipv4.ip_forward=1");
    };
  }

  private End deliver(Place place, Packet packet) {
    Netfilter.Result result = ruled(place, () -> netfilter.input(place, packet));
    List<RuleHit> hits = new ArrayList<>(result.hits());
    story.tell(place, "arrives as " + result.packet(), hits);
    return new End.Arrived(place, result.packet());
  }
}
