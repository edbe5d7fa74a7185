package io.jdocker.network.graph;

import io.jdocker.network.Network;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The picture for a terminal: a tree from the host's links through their ports to the containers. A
 * line between two links is a veth pair; the numbers are the links' indices, each in its own
 * namespace, as {@code ip link} shows them.
 */
public final class TextPicture {
  private static final int NAME_WIDTH = 16;

  private final Survey survey;
  private final Words words;
  private final StringBuilder text = new StringBuilder();

  private TextPicture(Survey survey) {
    this.survey = survey;
    this.words = new Words(survey);
  }

  /** Draws it. */
  public static String draw(Survey survey) {
    return new TextPicture(survey).draw();
  }

  private String draw() {
    text.append("host\n");
    List<SeenLink> roots =
        survey.host().links().stream()
            .filter(l -> l.master() == 0 && !l.isLoopback() && !standsUponAnother(l))
            .toList();
    for (int i = 0; i < roots.size(); i++) {
      boolean last = i == roots.size() - 1;
      text.append("│\n").append(last ? "└── " : "├── ");
      link(survey.host(), roots.get(i), last ? "    " : "│   ");
    }
    others();
    withoutLinks();
    return text.toString();
  }

  private boolean standsUponAnother(SeenLink link) {
    return link.isStacked() && survey.other(new LinkEnd(survey.host(), link)).isPresent();
  }

  /** One link and what hangs on it. */
  private void link(Place place, SeenLink link, String indent) {
    line(head(link), String.join(" ", link.addresses()), words.about(place, link));
    LinkEnd end = new LinkEnd(place, link);
    List<Branch> branches = new ArrayList<>();
    if (!link.isStacked()) {
      survey.other(end).ifPresent(other -> branches.add(new Branch("════", other)));
    }
    for (SeenLink port : place.ports(link)) {
      branches.add(new Branch("", new LinkEnd(place, port)));
    }
    survey.above(end).forEach(above -> branches.add(new Branch("", above)));
    List<String> notes = words.peers(place, link);
    for (int i = 0; i < branches.size(); i++) {
      boolean last = i == branches.size() - 1 && notes.isEmpty();
      branch(branches.get(i), indent + (last ? "└── " : "├── "), indent + (last ? "    " : "│   "));
    }
    for (int i = 0; i < notes.size(); i++) {
      text.append(indent).append(i == notes.size() - 1 ? "└── " : "├── ");
      text.append(notes.get(i)).append('\n');
    }
  }

  /** What a link leads to. */
  private record Branch(String line, LinkEnd end) {}

  private void branch(Branch branch, String indent, String below) {
    LinkEnd end = branch.end();
    text.append(indent);
    Optional<LinkEnd> other =
        branch.line().isEmpty() && !end.link().isStacked() ? survey.other(end) : Optional.empty();
    if (other.isPresent()) { // a port of a bridge, by a pair to somewhere
      text.append(head(end.link())).append(" ════ ");
      inside(other.get(), below);
    } else if (!branch.line().isEmpty()) {
      text.append(branch.line()).append(' ');
      inside(end, below);
    } else if (end.place().isHost()) {
      link(end.place(), end.link(), below);
    } else {
      inside(end, below);
    }
  }

  /** The end that a container or another namespace has. */
  private void inside(LinkEnd end, String below) {
    Place place = end.place();
    String title = place.title() + (place.kind() == Place.Kind.FOREIGN ? " (foreign)" : "");
    String about = end.link().isStacked() ? ", " + words.about(place, end.link()) : "";
    line(head(end.link()), String.join(" ", end.link().addresses()), title + about);
    for (String port : Published.at(place, end.link())) {
      text.append(below).append("    published ").append(port).append('\n');
    }
    place.sandboxes().stream()
        .skip(place.kind() == Place.Kind.CONTAINER ? 1 : place.sandboxes().size())
        .forEach(
            s ->
                text.append(below)
                    .append("    shared by container ")
                    .append(s.containerName())
                    .append('\n'));
  }

  private void line(String head, String addresses, String about) {
    String line =
        String.format(Locale.ROOT, "%-22s %-18s %s", head, addresses, about).stripTrailing();
    text.append(line).append('\n');
  }

  private static String head(SeenLink link) {
    return String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s #%d", link.name(), link.index());
  }

  /** Links between other places that have nothing to do with the host's. */
  private void others() {
    for (Place place : survey.places()) {
      for (SeenLink link : place.links()) {
        LinkEnd end = new LinkEnd(place, link);
        Optional<LinkEnd> other = link.kind().equals("veth") ? survey.other(end) : Optional.empty();
        boolean aside =
            !place.isHost()
                && other.filter(o -> !o.place().isHost() && comesAfter(o, end)).isPresent();
        if (aside) {
          text.append('\n').append(place.title()).append("\n    ");
          text.append(head(link)).append(" ════ ");
          inside(other.get(), "    ");
        }
      }
    }
  }

  private boolean comesAfter(LinkEnd one, LinkEnd other) {
    return survey.places().indexOf(one.place()) > survey.places().indexOf(other.place());
  }

  private void withoutLinks() {
    List<String> lines = new ArrayList<>();
    for (Sandbox sandbox : survey.sandboxes()) {
      if (sandbox.namespacePath().isEmpty()) {
        lines.add("container " + sandbox.containerName() + "   the host's own network");
      } else if (sandbox.endpoints().stream().anyMatch(e -> e.networkName().equals(Network.NONE))
          && hasOnlyLoopback(sandbox)) {
        lines.add("container " + sandbox.containerName() + "   no network: only lo");
      } else if (sandbox.mode() instanceof NetworkMode.NamespacePath joined) {
        lines.add("container " + sandbox.containerName() + "   in namespace " + joined.path());
      }
    }
    if (!lines.isEmpty()) {
      text.append('\n');
      lines.forEach(l -> text.append(l).append('\n'));
    }
  }

  private boolean hasOnlyLoopback(Sandbox sandbox) {
    return survey.places().stream()
        .filter(p -> p.sandboxes().contains(sandbox))
        .allMatch(p -> p.links().stream().allMatch(SeenLink::isLoopback));
  }
}
