package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Query;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.change.Change;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.CommitRequest;
import io.jdocker.runtime.container.CommitSettings;
import io.jdocker.runtime.container.Containers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a container has changed: as a list, as a tar of the whole, as an image. */
final class FileEndpoints {
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
    String container =
        query
            .text("container")
            .orElseThrow(() -> new InvalidArgument("the parameter container is missing"));
    Image image = containers().commit(container, request(query).withSettings(settings(exchange)));
    exchange.json(201, new Committed(image.id().toString()));
  }

  /** Whatever its Content-Type says: docker-java and docker-py disagree. Null is none. */
  private static CommitSettings settings(Exchange exchange) throws IOException {
    return CommitDocument.settings(exchange.bodyOfAnyType(ConfigDocument.class));
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
        CommitSettings.NONE,
        query.flag("pause", true));
  }
}
