package io.jdocker.network.graph;

import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The picture for a page: the host's links on the left, a bridge with its ports as one block, the
 * other namespaces on the right, veth pairs as lines between.
 */
public final class SvgPicture {
  private static final int LEFT = 20;
  private static final int WIDTH = 360;
  private static final int RIGHT = 590;
  private static final int LINE = 16;
  private static final int GAP = 14;

  private final Survey survey;
  private final Words words;
  private final SvgWriter svg = new SvgWriter();

  /** Where lines to a link begin: the height of its box' middle. */
  private final Map<String, Integer> heights = new HashMap<>();

  private SvgPicture(Survey survey) {
    this.survey = survey;
    this.words = new Words(survey);
  }

  /** Draws it. */
  public static String draw(Survey survey) {
    return new SvgPicture(survey).draw();
  }

  private String draw() {
    SvgPicture measured = new SvgPicture(survey);
    int left = measured.host(52);
    int right = measured.others(LEFT);
    int height = Math.max(left, right) + GAP;
    svg.box(LEFT - 10, 10, WIDTH + 40, height - 20, "place", List.of(hostTitle()));
    host(52);
    others(LEFT);
    wires();
    return svg.picture(RIGHT + WIDTH + LEFT, height, "The host's network, drawn by jdocker");
  }

  private String hostTitle() {
    String containers =
        String.join(", ", survey.host().sandboxes().stream().map(s -> s.containerName()).toList());
    return containers.isEmpty() ? "host" : "host, and in its own network: " + containers;
  }

  /** The height below the last box. */
  private int host(int top) {
    int y = top;
    for (SeenLink link : survey.host().links()) {
      boolean own = link.master() == 0 && !link.isLoopback();
      y = own ? root(link, y) + GAP : y;
    }
    return y;
  }

  private int root(SeenLink link, int y) {
    Place host = survey.host();
    List<SeenLink> ports = host.ports(link);
    List<String> lines = lines(host, link);
    int own = height(lines.size());
    int inner = ports.stream().mapToInt(p -> height(lines(host, p).size()) + 6).sum();
    String style = (link.isBridge() ? "bridge" : "link") + foreign(link);
    svg.box(LEFT, y, WIDTH, own + inner, style, lines);
    heights.put(key(host, link), y + own / 2);
    int at = y + own;
    for (SeenLink port : ports) {
      List<String> text = lines(host, port);
      svg.box(LEFT + 40, at, WIDTH - 30, height(text.size()), "link" + foreign(port), text);
      heights.put(key(host, port), at + height(text.size()) / 2);
      at += height(text.size()) + 6;
    }
    return y + own + inner;
  }

  private int others(int top) {
    int y = top;
    for (Place place : survey.places()) {
      if (!place.isHost()) {
        y = other(place, y) + GAP;
      }
    }
    return y;
  }

  private int other(Place place, int y) {
    List<String> titles = new ArrayList<>(List.of(place.title()));
    place.sandboxes().stream().skip(1).forEach(s -> titles.add("shared by " + s.containerName()));
    List<SeenLink> links = place.links().stream().filter(l -> !l.isLoopback()).toList();
    if (links.isEmpty()) {
      titles.add("only lo");
    }
    int own = height(titles.size());
    int inner = links.stream().mapToInt(l -> height(lines(place, l).size()) + 6).sum();
    String style = place.kind() == Place.Kind.FOREIGN ? "place foreign" : "place";
    svg.box(RIGHT, y, WIDTH, own + inner, style, titles);
    int at = y + own;
    for (SeenLink link : links) {
      List<String> text = lines(place, link);
      svg.box(RIGHT + 12, at, WIDTH - 24, height(text.size()), "link", text);
      heights.put(key(place, link), at + height(text.size()) / 2);
      at += height(text.size()) + 6;
    }
    return y + own + inner;
  }

  private static int height(int lines) {
    return 12 + LINE * lines;
  }

  private List<String> lines(Place place, SeenLink link) {
    return Stream.of(
            Stream.of(link.name() + " #" + link.index()),
            link.addresses().stream(),
            Stream.of(words.about(place, link)),
            Published.at(place, link).stream(),
            words.peers(place, link).stream())
        .flatMap(s -> s)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static String foreign(SeenLink link) {
    return link.owner().isForeign() ? " foreign" : "";
  }

  private static String key(Place place, SeenLink link) {
    return place.name() + "/" + link.index();
  }

  private void wires() {
    for (Place place : survey.places()) {
      for (SeenLink link : place.isHost() ? List.<SeenLink>of() : place.links()) {
        Optional<LinkEnd> other = survey.other(new LinkEnd(place, link));
        other.ifPresent(o -> wire(o, place, link));
      }
    }
  }

  private void wire(LinkEnd from, Place place, SeenLink link) {
    Integer fromY = heights.get(key(from.place(), from.link()));
    Integer toY = heights.get(key(place, link));
    if (fromY == null || toY == null) {
      return; // a loopback, which is not drawn
    }
    String style = link.isStacked() ? "upon" : "wire";
    if (from.place().isHost()) {
      int edge = from.link().master() == 0 ? LEFT + WIDTH : LEFT + WIDTH + 10;
      svg.curve(edge, fromY, RIGHT + 12, toY, style);
    } else if (fromY < toY) { // between two on the right: a bow on the far side, once
      svg.curve(RIGHT + WIDTH - 12, fromY, RIGHT + WIDTH - 12, toY, style);
    }
  }
}
