package io.jdocker.network.graph;

import com.google.gson.GsonBuilder;
import io.jdocker.linux.netlink.LinkInfo;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Owner;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The picture for programs: each namespace with its links; a link names its other end by namespace
 * and index.
 */
public final class JsonPicture {
  private final Survey survey;
  private final Words words;

  private JsonPicture(Survey survey) {
    this.survey = survey;
    this.words = new Words(survey);
  }

  /** Writes it. */
  public static String draw(Survey survey) {
    JsonPicture picture = new JsonPicture(survey);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("Namespaces", survey.places().stream().map(picture::place).toList());
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
  }

  private Map<String, Object> place(Place place) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("Name", place.name());
    object.put("Kind", place.kind().name().toLowerCase(java.util.Locale.ROOT));
    object.put("Containers", place.sandboxes().stream().map(JsonPicture::container).toList());
    object.put("Links", place.links().stream().map(l -> link(place, l)).toList());
    place
        .defaultRoute()
        .flatMap(r -> r.gateway())
        .ifPresent(g -> object.put("DefaultGateway", g.getHostAddress()));
    return object;
  }

  private static Map<String, Object> container(Sandbox sandbox) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("Name", sandbox.containerName());
    object.put("Id", sandbox.containerId());
    object.put("Published", Published.of(sandbox));
    return object;
  }

  private Map<String, Object> link(Place place, SeenLink link) {
    LinkInfo info = link.detail().info();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("Name", info.name());
    object.put("Index", info.index());
    object.put("Kind", info.kind());
    object.put("Up", info.isUp());
    object.put("Mtu", info.mtu());
    object.put("Mac", info.mac());
    object.put("Addresses", link.addresses());
    object.put("Foreign", link.owner().isForeign());
    if (link.owner() instanceof Owner.Engine engine && !engine.network().isEmpty()) {
      object.put("Network", engine.network());
    }
    if (!link.detail().mode().isEmpty()) {
      object.put("Mode", link.detail().mode());
    }
    place.link(info.master()).ifPresent(m -> object.put("Master", m.name()));
    survey.other(new LinkEnd(place, link)).ifPresent(o -> object.put(relation(link), end(o)));
    link.detail().vxlan().ifPresent(v -> object.put("Vni", v.id()));
    List<String> peers = words.peers(place, link);
    if (!peers.isEmpty()) {
      object.put("Peers", peers);
    }
    return object;
  }

  private static String relation(SeenLink link) {
    return link.isStacked() ? "Parent" : "Peer";
  }

  private static Map<String, Object> end(LinkEnd end) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("Namespace", end.place().name());
    object.put("Name", end.link().name());
    object.put("Index", end.link().index());
    return object;
  }
}
