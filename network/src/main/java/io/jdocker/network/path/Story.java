package io.jdocker.network.path;

import io.jdocker.network.rules.RuleHit;
import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import java.util.ArrayList;
import java.util.List;

/** The steps of a packet so far. One thread. */
final class Story {
  /** More than any sane way has; a loop ends here. */
  private static final int MOST = 64;

  private final List<Hop> hops = new ArrayList<>();

  void tell(Place place, String text) {
    tell(place, text, List.of());
  }

  void tell(Place place, String text, List<RuleHit> rules) {
    if (hops.size() >= MOST) {
      throw Lost.dropped(place.title(), "the packet goes round in a loop until its TTL ends it");
    }
    hops.add(new Hop(place.title(), text, rules));
  }

  List<Hop> hops() {
    return hops;
  }

  static String name(SeenLink link) {
    return link.name() + " #" + link.index();
  }

  static String name(LinkEnd end) {
    return name(end.link()) + " of " + end.place().title();
  }
}
