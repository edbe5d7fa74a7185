package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Query;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.change.Change;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.CommitRequest;
import io.jdocker.runtime.container.Containers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a container has changed: as a list, as a tar of the whole, as an image. */
final class FileEndpoints {
  private static final int CONFIG_BYTES = 1 << 20;

  private final Supplier<Engine> engine;

  FileEndpoints(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** A changed path; kinds are numbered from 0: modified, added, deleted. */
  record ChangeLine(String path, int kind) {
    static ChangeLine of(Change change) {
      return new ChangeLine(change.path(), change.kind().number());
    }
  }

  /** The answer to a commit. */
  record Committed(String id) {}

  private Containers containers() {
    return engine.get().containers();
  }

  void changes(Exchange exchange) throws IOException {
    List<ChangeLine> lines =
        containers().files().changes(exchange.parameter()).stream().map(ChangeLine::of).toList();
    // Docker writes null where nothing has changed.
    exchange.json(200, lines.isEmpty() ? Optional.empty() : lines);
  }

  void export(Exchange exchange) throws IOException {
    String container = exchange.parameter();
    containers().get(container); // an unknown one is still a 404
    var answer = exchange.stream(200, "application/octet-stream");
    containers().files().export(container, answer.body());
    answer.end();
  }

  void commit(Exchange exchange) throws IOException {
    Query query = exchange.query();
    requireNoConfig(exchange);
    String container =
        query
            .text("container")
            .orElseThrow(() -> new InvalidArgument("the parameter container is missing"));
    Image image = containers().commit(container, request(query));
    exchange.json(201, new Committed(image.id().toString()));
  }

  /** A body would be a whole configuration that replaces the container's. */
  private static void requireNoConfig(Exchange exchange) throws IOException {
    byte[] body = new BufferedInputStream(exchange.bodyStream()).readNBytes(CONFIG_BYTES);
    String text = new String(body, StandardCharsets.UTF_8).strip();
    if (!text.isEmpty() && !text.equals("null") && !text.equals("{}")) {
      throw new Unsupported(
          "commit with a configuration in the body is not supported by this version of jdocker;"
              + " use the parameter changes");
    }
  }

  private static CommitRequest request(Query query) {
    Optional<ImageReference> name =
        query.text("repo").map(ImageReference::parse).map(ImageReference::withDefaultTag);
    Optional<String> tag = query.text("tag");
    return new CommitRequest(
        tag.isPresent() ? name.map(n -> n.withTag(tag.get())) : name,
        query.text("author").orElse(""),
        query.text("comment").orElse(""),
        query.all("changes"),
        query.flag("pause", true));
  }
}
