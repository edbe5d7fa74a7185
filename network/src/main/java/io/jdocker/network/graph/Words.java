package io.jdocker.network.graph;

import io.jdocker.linux.netlink.LinkDetail;
import io.jdocker.linux.netlink.RouteCalls.Route;
import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Owner;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.util.ArrayList;
import java.util.List;

/** How a link is described in a few words, the same in every picture. */
final class Words {
  private final Survey survey;

  Words(Survey survey) {
    this.survey = survey;
  }

  /** {@code bridge of network web}, {@code uplink}, {@code vxlan 42, foreign}. */
  String about(Place place, SeenLink link) {
    List<String> words = new ArrayList<>();
    if (link.owner() instanceof Owner.Engine engine && !engine.network().isEmpty()) {
      words.add(kind(link) + " of network " + engine.network());
    } else if (!kind(link).isEmpty()) {
      words.add(kind(link));
    }
    if (place.isHost() && isUplink(place, link)) {
      words.add("uplink");
    }
    place
        .defaultRoute()
        .filter(r -> r.link() == link.index())
        .ifPresent(r -> words.add("default route" + via(r)));
    if (!link.detail().info().isUp()) {
      words.add("down");
    }
    if (link.owner().isForeign() && place.isHost()) {
      words.add("foreign");
    }
    return String.join(", ", words);
  }

  private static String via(Route route) {
    return route.gateway().map(g -> " via " + g.getHostAddress()).orElse("");
  }

  private static String kind(SeenLink link) {
    LinkDetail detail = link.detail();
    if (detail.vxlan().isPresent()) {
      return "vxlan " + detail.vxlan().get().id();
    }
    return detail.mode().isEmpty() ? link.kind() : link.kind() + " " + detail.mode();
  }

  /** The hosts that a vxlan link sends to: {@code 02:42:.. behind 192.0.2.2}. */
  List<String> peers(Place place, SeenLink link) {
    if (link.detail().vxlan().isEmpty()) {
      return List.of();
    }
    return place.forwarding().stream()
        .filter(e -> e.link() == link.index())
        .flatMap(e -> e.remote().map(r -> e.mac() + " behind host " + r.getHostAddress()).stream())
        .sorted()
        .toList();
  }

  /** True where packets leave for what nobody here can see. */
  boolean isUplink(Place place, SeenLink link) {
    return !link.isLoopback()
        && !link.isBridge()
        && link.master() == 0
        && !link.isStacked()
        && link.detail().vxlan().isEmpty()
        && survey.other(new LinkEnd(place, link)).isEmpty();
  }
}
