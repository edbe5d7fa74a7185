package io.jdocker.daemon.networks;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.network.NetworkSight;
import io.jdocker.network.path.Question;
import io.jdocker.network.path.Way;
import io.jdocker.network.path.WayJson;
import io.jdocker.network.path.WayText;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What can be seen of the host's network, beside Docker's API:
 *
 * <ul>
 *   <li>{@code GET /jdocker/network/graph?format=text|json}: the host's picture
 *   <li>{@code GET /jdocker/network/path?from=A&to=B&format=text|json}: the way of a packet
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
      case JSON -> answer(exchange, "application/json", picture);
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
      answer(exchange, "application/json", WayJson.of(way));
    } else {
      exchange.text(200, WayText.of(way));
    }
  }

  private static InvalidArgument unknown(String format) {
    return new InvalidArgument("unknown format \"" + format + "\": choose text or json");
  }

  private static NetworkSight.Format format(String name) {
    try {
      return NetworkSight.Format.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument("unknown format \"" + name + "\": choose text or json", e);
    }
  }

  private static void answer(Exchange exchange, String type, String text) throws IOException {
    ChunkedAnswer answer = exchange.stream(200, type);
    answer.write(text.getBytes(StandardCharsets.UTF_8));
    answer.end();
  }
}
