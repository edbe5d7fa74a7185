package io.jdocker.network.path;

import io.jdocker.linux.Sysctl;
import io.jdocker.linux.netlink.ForwardingTable;
import io.jdocker.linux.netlink.LinkDetail;
import io.jdocker.linux.netlink.NeighbourCalls.Neighbour;
import io.jdocker.linux.netlink.RouteLookup.Decision;
import io.jdocker.network.Ipv4;
import io.jdocker.network.rules.Packet;
import io.jdocker.network.rules.RuleHit;
import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes a packet over links: veth pairs, bridges, what stands upon other links, tunnels. */
final class Wire {
  private static final int DEEPEST = 8;
  private static final String SEEN = "net.bridge.bridge-nf-call-iptables";

  private final Survey survey;
  private final Netfilter netfilter;
  private final Story story;
  private final Walk walk;

  Wire(Survey survey, Netfilter netfilter, Story story, Walk walk) {
    this.survey = survey;
    this.netfilter = netfilter;
    this.story = story;
    this.walk = walk;
  }

  /**
   * Sends a packet out.
   *
   * @param next whom it is for on that link: the gateway, or the destination
   */
  End transmit(Place place, SeenLink out, Packet packet, Ipv4 next) {
    if (out.isBridge()) {
      return switched(place, out, Optional.empty(), packet, next);
    }
    survey.above(new LinkEnd(place, out)).stream()
        .filter(a -> !a.link().kind().equals("vlan") && a.link().has(next))
        .findFirst()
        .ifPresent(
            child -> {
              throw isolated(place, child);
            });
    return cross(place, out, packet, next);
  }

  private End cross(Place place, SeenLink link, Packet packet, Ipv4 next) {
    LinkEnd here = new LinkEnd(place, link);
    if (link.detail().vxlan().isPresent()) {
      return tunnel(place, link, link.detail().vxlan().get(), packet, next);
    }
    Optional<LinkEnd> other = survey.other(here);
    if (other.isEmpty()) {
      story.tell(place, "leaves by " + Story.name(link));
      return new End.Left(place, link, packet);
    }
    if (link.isStacked()) {
      return below(here, other.get(), packet, next);
    }
    LinkEnd there = other.get();
    story.tell(place, Story.name(link) + " ════ " + Story.name(there));
    if (!there.link().detail().info().isUp()) {
      throw Lost.dropped(
          there.place().title(),
          Story.name(there) + " is down: ip link set " + there.link().name() + " up");
    }
    return arrive(there.place(), there.link(), packet, next);
  }

  /** A frame has come in by a link. */
  End arrive(Place place, SeenLink link, Packet packet, Ipv4 next) {
    Optional<SeenLink> bridge = place.link(link.master());
    if (bridge.isPresent()) {
      return port(place, bridge.get(), link, packet, next);
    }
    Optional<LinkEnd> above =
        survey.above(new LinkEnd(place, link)).stream().filter(a -> a.link().has(next)).findFirst();
    if (above.isPresent()) {
      story.tell(place, "is for " + Story.name(above.get()) + ", which stands upon " + link.name());
      return walk.receive(above.get().place(), above.get().link(), packet, false);
    }
    if (place.holder(next).isEmpty()) {
      throw Lost.dropped(
          place.title(),
          "nobody behind "
              + Story.name(link)
              + " has the address "
              + next
              + ": ARP requests for it stay unanswered");
    }
    return walk.receive(place, link, packet, false);
  }

  /** A frame has come in by a port of a bridge. */
  private End port(Place place, SeenLink bridge, SeenLink port, Packet packet, Ipv4 next) {
    boolean seen = isSeen(place);
    Packet now = packet;
    Ipv4 towards = next;
    boolean up = place.holder(next).isPresent();
    if (seen) {
      Packet before = packet.at(bridge.name(), "", port.name(), "");
      Netfilter.Result result = hook(place, () -> netfilter.prerouting(place, before));
      now = result.packet();
      if (!result.hits().isEmpty()) {
        String text = "PREROUTING, on the bridge" + Walk.changed(before, now);
        story.tell(place, text, result.hits());
      }
      if (!now.destination().equals(packet.destination())) {
        Optional<Ipv4> bridged = onward(place, bridge, now);
        up = bridged.isEmpty();
        towards = bridged.orElse(next);
      }
    }
    if (up) {
      story.tell(
          place, "port " + Story.name(port) + " of " + Story.name(bridge) + ", for the host");
      return walk.receive(place, bridge, now, seen);
    }
    return switched(place, bridge, Optional.of(port), now, towards);
  }

  /** The next hop of a packet whose new destination is on the same bridge. */
  private Optional<Ipv4> onward(Place place, SeenLink bridge, Packet packet) {
    Decision decision =
        survey
            .probe(place)
            .netlink()
            .routeLookup()
            .input(
                packet.source().toInetAddress(),
                packet.destination().toInetAddress(),
                bridge.index(),
                packet.mark());
    return decision instanceof Decision.Send send && send.link() == bridge.index()
        ? Optional.of(
            send.gateway().map(g -> Ipv4.of((Inet4Address) g)).orElse(packet.destination()))
        : Optional.empty();
  }

  /** Whether iptables sees what one port of a bridge sends to another. */
  private boolean isSeen(Place place) {
    return survey.probe(place).inside(() -> Sysctl.exists(SEEN) && Sysctl.read(SEEN).equals("1"));
  }

  private interface Hook {
    Netfilter.Result run();
  }

  private Netfilter.Result hook(Place place, Hook hook) {
    try {
      return hook.run();
    } catch (Netfilter.Stopped e) {
      story.tell(place, "a rule stops it on the bridge (bridge-nf-call-iptables is 1)", e.hits());
      throw e;
    }
  }

  /** A bridge passes a frame on. */
  private End switched(
      Place place, SeenLink bridge, Optional<SeenLink> in, Packet packet, Ipv4 next) {
    List<SeenLink> ports = place.ports(bridge).stream().filter(this::isForwarding).toList();
    Optional<SeenLink> known =
        ports.stream().filter(p -> leads(new LinkEnd(place, p), next, 0)).findFirst();
    Optional<SeenLink> out =
        known.or(() -> ports.stream().filter(p -> isOutside(place, p)).findFirst());
    if (out.isEmpty()) {
      throw Lost.dropped(
          place.title(),
          "nobody on bridge "
              + bridge.name()
              + " has the address "
              + next
              + ": ARP requests for it stay unanswered");
    }
    if (in.filter(i -> i.index() == out.get().index() && !i.detail().hairpin()).isPresent()) {
      throw Lost.dropped(
          place.title(),
          "it would have to leave by the port it came in by, "
              + Story.name(out.get())
              + ": bridge link set dev "
              + out.get().name()
              + " hairpin on");
    }
    String text = in.map(i -> "port " + Story.name(i) + " -> ").orElse("");
    story.tell(
        place, Story.name(bridge) + ": " + text + "port " + Story.name(out.get()), List.of());
    Packet now = packet;
    if (in.isPresent() && isSeen(place)) {
      now = filtered(place, bridge, in.get(), out.get(), packet);
    }
    return cross(place, out.get(), now, next);
  }

  private Packet filtered(Place place, SeenLink bridge, SeenLink in, SeenLink out, Packet packet) {
    Packet between = packet.at(bridge.name(), bridge.name(), in.name(), out.name());
    Netfilter.Result forward = hook(place, () -> netfilter.forward(place, between));
    Netfilter.Result after = hook(place, () -> netfilter.postrouting(place, forward.packet()));
    List<RuleHit> hits = new ArrayList<>(forward.hits());
    hits.addAll(after.hits());
    if (!hits.isEmpty()) {
      story.tell(place, "FORWARD and POSTROUTING, on the bridge", hits);
    }
    return after.packet();
  }

  private boolean isForwarding(SeenLink port) {
    return port.detail().info().isUp();
  }

  private boolean isOutside(Place place, SeenLink port) {
    return port.detail().vxlan().isEmpty()
        && !port.isStacked()
        && survey.other(new LinkEnd(place, port)).isEmpty();
  }

  /** Whether somebody behind a link has an address. */
  private boolean leads(LinkEnd from, Ipv4 address, int depth) {
    if (depth > DEEPEST) {
      return false;
    }
    if (from.link().detail().vxlan().isPresent()) {
      return remotes(from.place(), from.link(), address).stream()
          .flatMap(r -> behind(r, from.link().detail().vxlan().get().id()).stream())
          .anyMatch(far -> atOrBehind(far, address, depth + 1));
    }
    return survey.other(from).filter(far -> atOrBehind(far, address, depth + 1)).isPresent();
  }

  private boolean atOrBehind(LinkEnd far, Ipv4 address, int depth) {
    Optional<SeenLink> bridge = far.place().link(far.link().master());
    if (bridge.isEmpty()) {
      return far.place().holder(address).isPresent()
          || survey.above(far).stream().anyMatch(a -> a.link().has(address));
    }
    return bridge.get().has(address)
        || far.place().ports(bridge.get()).stream()
            .filter(p -> p.index() != far.link().index())
            .anyMatch(p -> leads(new LinkEnd(far.place(), p), address, depth));
  }

  /** Out by a link that stands upon another one. */
  private End below(LinkEnd here, LinkEnd parent, Packet packet, Ipv4 next) {
    String mode = here.link().detail().mode();
    String kind = here.link().kind();
    story.tell(here.place(), Story.name(here.link()) + ", " + kind + " upon " + Story.name(parent));
    Optional<LinkEnd> sibling =
        survey.above(parent).stream().filter(a -> a.link().has(next)).findFirst();
    if (sibling.isPresent() && !mode.equals("vepa")) {
      if (mode.equals("private")) {
        throw Lost.dropped(
            parent.place().title(), "links of mode private do not talk to each other");
      }
      return walk.receive(sibling.get().place(), sibling.get().link(), packet, false);
    }
    if (!kind.equals("vlan") && parent.place().holder(next).isPresent()) {
      throw isolated(parent.place(), here);
    }
    return cross(parent.place(), parent.link(), packet, next);
  }

  private static Lost isolated(Place place, LinkEnd child) {
    return Lost.dropped(
        place.title(),
        place.title()
            + " and "
            + Story.name(child)
            + " do not reach each other: what stands upon a link sends its frames out by it only;"
            + " give the host a "
            + child.link().kind()
            + " link of its own");
  }

  /** Wraps a frame up and sends it to another host. */
  private End tunnel(Place place, SeenLink link, LinkDetail.Vxlan vxlan, Packet packet, Ipv4 next) {
    List<InetAddress> remotes = remotes(place, link, next);
    if (remotes.isEmpty()) {
      throw Lost.dropped(
          place.title(),
          "the forwarding table of "
              + link.name()
              + " names no host for "
              + next
              + ": bridge fdb show dev "
              + link.name());
    }
    for (InetAddress remote : remotes) {
      Optional<LinkEnd> far = behind(remote, vxlan.id()).filter(f -> atOrBehind(f, next, 0));
      if (far.isPresent()) {
        story.tell(place, wrapped(link, vxlan, remote));
        return arrive(far.get().place(), far.get().link(), packet, next);
      }
    }
    story.tell(place, wrapped(link, vxlan, remotes.get(0)));
    return new End.Left(place, link, packet);
  }

  private static String wrapped(SeenLink link, LinkDetail.Vxlan vxlan, InetAddress remote) {
    return Story.name(link)
        + " wraps it: VXLAN "
        + vxlan.id()
        + " to "
        + remote.getHostAddress()
        + ":"
        + vxlan.port()
        + "/udp";
  }

  /** The hosts a vxlan link sends to for an address: by its MAC where that is known, else all. */
  private List<InetAddress> remotes(Place place, SeenLink link, Ipv4 address) {
    Optional<String> mac =
        place.resolved().stream()
            .filter(n -> n.link() == link.index() && n.address().equals(address.toInetAddress()))
            .map(Neighbour::mac)
            .filter(m -> !m.isEmpty())
            .findFirst();
    List<ForwardingTable.Entry> entries =
        place.forwarding().stream()
            .filter(e -> e.link() == link.index() && e.remote().isPresent())
            .toList();
    List<InetAddress> exact =
        entries.stream()
            .filter(e -> mac.filter(e.mac()::equals).isPresent())
            .flatMap(e -> e.remote().stream())
            .toList();
    return exact.isEmpty() ? entries.stream().flatMap(e -> e.remote().stream()).toList() : exact;
  }

  /** The vxlan link of the host that has an address. */
  private Optional<LinkEnd> behind(InetAddress host, int id) {
    Ipv4 address = Ipv4.of((Inet4Address) host);
    for (Place place : survey.places()) {
      if (place.holder(address).isPresent()) {
        for (SeenLink link : place.links()) {
          if (link.detail().vxlan().filter(v -> v.id() == id).isPresent()) {
            return Optional.of(new LinkEnd(place, link));
          }
        }
      }
    }
    return Optional.empty();
  }
}
