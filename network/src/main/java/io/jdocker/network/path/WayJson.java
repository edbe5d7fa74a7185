package io.jdocker.network.path;

import com.google.gson.GsonBuilder;
import io.jdocker.network.rules.RuleHit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A way for programs. */
public final class WayJson {
  private WayJson() {}

  /** Writes it. */
  public static String of(Way way) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("Question", way.asked());
    object.put("Packet", way.packet());
    object.put("Outcome", way.outcome().kind().name().toLowerCase(Locale.ROOT));
    object.put("Where", way.outcome().place());
    object.put("Why", way.outcome().why());
    object.put("Hops", hops(way.hops()));
    object.put("Answer", hops(way.back()));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(object)
        + "\n";
  }

  private static List<Map<String, Object>> hops(List<Hop> hops) {
    return hops.stream().map(WayJson::hop).toList();
  }

  private static Map<String, Object> hop(Hop hop) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("Place", hop.place());
    object.put("Text", hop.text());
    object.put("Rules", hop.rules().stream().map(WayJson::rule).toList());
    return object;
  }

  private static Map<String, Object> rule(RuleHit hit) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("Table", hit.table());
    object.put("Chain", hit.chain());
    object.put("Rule", hit.text());
    if (!hit.note().isEmpty()) {
      object.put("Note", hit.note());
    }
    return object;
  }
}
