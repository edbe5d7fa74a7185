package io.jdocker.daemon.networks;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.NetworkSight;
import io.jdocker.network.Port;
import io.jdocker.network.doctor.Finding;
import io.jdocker.network.path.Question;
import io.jdocker.network.path.Way;
import io.jdocker.network.path.WayJson;
import io.jdocker.network.path.WayText;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What can be seen of the host's network, beside Docker's API:
 *
 * <ul>
 *   <li>{@code GET /jdocker/network/graph?format=text|json|dot|svg}: the host's picture
 *   <li>{@code GET /jdocker/network/path?from=A&to=B&format=text|json}: the way of a packet
 *   <li>{@code GET /jdocker/network/doctor?port=8080}: what is wrong, as a list in JSON that is
 *       empty where nothing is; each {@code port} is one that the user wants to publish
 *   <li>{@code POST /jdocker/network/reload}: sets every rule again
 * </ul>
 */
final class SightEndpoints {
  private final Supplier<Engine> engine;

  SightEndpoints(Supplier<Engine> engine) {
    this.engine = engine;
  }

  void graph(Exchange exchange) throws IOException {
    NetworkSight.Format format = format(exchange.query().text("format").orElse("text"));
    String picture = engine.get().networks().sight().graph(format);
    switch (format) {
      case TEXT -> exchange.text(200, picture);
      case DOT -> exchange.document(200, "text/vnd.graphviz", picture);
      case SVG -> exchange.document(200, "image/svg+xml", picture);
      case JSON -> exchange.document(200, "application/json", picture);
    }
  }

  void path(Exchange exchange) throws IOException {
    Question question =
        Question.of(
            exchange.query().text("from").orElse(""), exchange.query().text("to").orElse(""));
    String format = exchange.query().text("format").orElse("text");
    if (!format.equals("text") && !format.equals("json")) {
      throw unknown(format);
    }
    Way way = engine.get().networks().sight().path(question);
    if (format.equals("json")) {
      exchange.document(200, "application/json", WayJson.of(way));
    } else {
      exchange.text(200, WayText.of(way));
    }
  }

  void doctor(Exchange exchange) throws IOException {
    Set<Integer> ports = new HashSet<>();
    for (String text : exchange.query().all("port")) {
      ports.add(
          Port.parse(text)
              .orElseThrow(() -> new InvalidArgument("invalid port \"" + text + "\""))
              .number());
    }
    exchange.json(
        200,
        engine.get().networks().sight().diagnose(ports).stream()
            .map(SightEndpoints::document)
            .toList());
  }

  private static Map<String, String> document(Finding finding) {
    Map<String, String> document = new LinkedHashMap<>();
    document.put("Id", finding.id());
    document.put("What", finding.what());
    document.put("Consequence", finding.consequence());
    document.put("Advice", finding.advice());
    return document;
  }

  void reload(Exchange exchange) throws IOException {
    engine.get().networks().reload();
    exchange.empty(204);
  }

  private static InvalidArgument unknown(String format) {
    return new InvalidArgument("unknown format \"" + format + "\": choose text or json");
  }

  private static NetworkSight.Format format(String name) {
    try {
      return NetworkSight.Format.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument(
          "unknown format \"" + name + "\": choose text, json, dot or svg", e);
    }
  }
}
