package io.jdocker.network.graph;

import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The picture for Graphviz: a box a namespace, a node a link. */
public final class DotPicture {
  private final Survey survey;
  private final Words words;
  private final StringBuilder text = new StringBuilder();

  private DotPicture(Survey survey) {
    this.survey = survey;
    this.words = new Words(survey);
  }

  /** Writes it. */
  public static String draw(Survey survey) {
    return new DotPicture(survey).draw();
  }

  private String draw() {
    text.append("graph network {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    List<Place> places = survey.places();
    for (int i = 0; i < places.size(); i++) {
      place(i, places.get(i));
    }
    for (Place place : places) {
      links(place).forEach(link -> edges(new LinkEnd(place, link)));
    }
    return text.append("}\n").toString();
  }

  private static List<SeenLink> links(Place place) {
    return place.links().stream().filter(l -> !l.isLoopback()).toList();
  }

  private void place(int number, Place place) {
    text.append("  subgraph cluster_").append(number).append(" {\n    label=");
    text.append(quoted(place.title())).append(";\n");
    if (place.kind() == Place.Kind.FOREIGN) {
      text.append("    style=dashed;\n");
    }
    for (SeenLink link : links(place)) {
      String label =
          Stream.of(
                  Stream.of(link.name() + " #" + link.index()),
                  link.addresses().stream(),
                  Stream.of(words.about(place, link)),
                  Published.at(place, link).stream())
              .flatMap(s -> s)
              .filter(s -> !s.isEmpty())
              .collect(Collectors.joining("\n"));
      text.append("    ").append(id(new LinkEnd(place, link)));
      text.append(" [label=").append(quoted(label));
      text.append(link.owner().isForeign() ? ", style=dashed];\n" : "];\n");
    }
    text.append("  }\n");
  }

  private void edges(LinkEnd end) {
    end.place()
        .link(end.link().master())
        .ifPresent(bridge -> edge(end, new LinkEnd(end.place(), bridge), ""));
    Optional<LinkEnd> other = survey.other(end);
    if (end.link().isStacked()) {
      other.ifPresent(parent -> edge(end, parent, " [style=dotted]"));
    } else {
      other
          .filter(o -> id(end).compareTo(id(o)) < 0) // each pair once
          .ifPresent(o -> edge(end, o, " [penwidth=2]"));
    }
  }

  private void edge(LinkEnd from, LinkEnd to, String style) {
    text.append("  ").append(id(from)).append(" -- ").append(id(to)).append(style).append(";\n");
  }

  private static String id(LinkEnd end) {
    return quoted(end.place().name() + "/" + end.link().name());
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return '"' + escaped + '"';
  }
}
