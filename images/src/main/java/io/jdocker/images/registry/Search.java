package io.jdocker.images.registry;

import io.jdocker.images.JsonDocument;
import io.jdocker.images.registry.RegistrySession.Call;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** {@code search}: the old index API, which Docker Hub still has and few others do. */
final class Search {
  private static final URI HUB = URI.create("https://index.docker.io");
  private static final int MAX_ANSWER = 4 << 20;

  private final HttpTransport transport;
  private final Endpoints endpoints;

  Search(HttpTransport transport, Endpoints endpoints) {
    this.transport = transport;
    this.endpoints = endpoints;
  }

  /**
   * @param term words; {@code host/words} asks another registry than Docker Hub
   */
  List<SearchResult> run(String term, int limit, Credentials credentials) throws IOException {
    int slash = term.indexOf('/');
    String first = slash < 0 ? "" : term.substring(0, slash);
    boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
    Endpoint endpoint =
        named && !ServerAddress.domain(first).equals(Endpoints.HUB)
            ? endpoints.toPush(first)
            : new Endpoint(HUB, true, false);
    String words = named ? term.substring(slash + 1) : term;
    URI uri =
        endpoint.resolve(
            "/v1/search?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8) + "&n=" + limit);
    RegistrySession session =
        new RegistrySession(transport, endpoint, credentials, Clock.systemUTC());
    try (InputStream body =
        session.send(new Call(session.request(uri), uri, Scope.none())).body()) {
      return JsonDocument.parse("the registry's answer", body.readNBytes(MAX_ANSWER))
          .documents("results")
          .stream()
          .map(Search::result)
          .toList();
    } catch (InvalidArgument e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static SearchResult result(JsonDocument document) {
    return new SearchResult(
        document.text("name"),
        document.text("description"),
        document.number("star_count").orElse(0L),
        document.flag("is_official"),
        document.flag("is_automated"));
  }
}
