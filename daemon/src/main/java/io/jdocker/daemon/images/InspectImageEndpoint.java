package io.jdocker.daemon.images;

import io.jdocker.daemon.http.ApiVersion;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.images.ImageDocument.GraphDriverDocument;
import io.jdocker.daemon.images.ImageDocument.HealthcheckDocument;
import io.jdocker.daemon.images.ImageDocument.ImageConfigDocument;
import io.jdocker.daemon.images.ImageDocument.MetadataDocument;
import io.jdocker.daemon.images.ImageDocument.RootFsDocument;
import io.jdocker.daemon.json.GoSet;
import io.jdocker.daemon.json.Words;
import io.jdocker.images.Healthcheck;
import io.jdocker.images.Image;
import io.jdocker.images.ImageConfig;
import io.jdocker.images.ImageLayer;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /images/X/json}. */
final class InspectImageEndpoint implements Handler {
  private final Supplier<Engine> engine;

  InspectImageEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Image image = engine.get().images().get(exchange.parameter());
    boolean old = !exchange.version().isAtLeast(1, 45) || isOldCompose(exchange);
    exchange.json(200, document(image, exchange.version(), old));
  }

  /**
   * docker-compose 1.29, the last of its line, speaks the newest version that the engine has and
   * still reads ContainerConfig, which API 1.45 took away: without it, it cannot make a container
   * anew (KeyError: 'ContainerConfig').
   */
  private static boolean isOldCompose(Exchange exchange) {
    return exchange.request().header("User-Agent").orElse("").startsWith("docker-compose/1.");
  }

  private ImageDocument document(Image image, ApiVersion version, boolean old) {
    ImageConfig config = image.config();
    ImageConfigDocument shown = config(config);
    return new ImageDocument(
        image.id().toString(),
        image.repoTags(),
        image.repoDigests(),
        "",
        config.comment(),
        image.created(),
        // No container of ours makes an image: a commit's settings are the image's own.
        old ? Optional.of("") : Optional.empty(),
        old ? Optional.of(shown) : Optional.empty(),
        config.dockerVersion(),
        config.author(),
        shown,
        config.architecture(),
        config.variant(),
        config.os(),
        config.osVersion(),
        image.size(),
        version.isAtLeast(1, 44) ? 0 : image.size(),
        new GraphDriverDocument(folders(image), "overlay2"),
        new RootFsDocument("layers", config.diffIds().stream().map(Object::toString).toList()),
        new MetadataDocument(image.lastTagTime().orElse(Image.NEVER)));
  }

  private static ImageConfigDocument config(ImageConfig config) {
    return new ImageConfigDocument(
        config.user(),
        GoSet.of(config.exposedPorts()),
        config.env(),
        words(config.cmd()),
        config.healthcheck().map(InspectImageEndpoint::healthcheck),
        config.argsEscaped(),
        GoSet.of(config.volumes()),
        config.workingDir(),
        words(config.entrypoint()),
        config.onBuild().isEmpty() ? Optional.empty() : Optional.of(config.onBuild()),
        config.labels(),
        config.stopSignal(),
        config.shell());
  }

  private static HealthcheckDocument healthcheck(Healthcheck check) {
    return new HealthcheckDocument(
        check.test(),
        check.interval(),
        check.timeout(),
        check.startPeriod(),
        check.startInterval(),
        check.retries());
  }

  private static Optional<Words> words(List<String> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(new Words(list));
  }

  private Map<String, String> folders(Image image) {
    List<String> folders = new ArrayList<>();
    for (ImageLayer layer : engine.get().images().layers(image)) {
      folders.add(layer.folder().toString());
    }
    Collections.reverse(folders);
    Map<String, String> data = new LinkedHashMap<>();
    if (!folders.isEmpty()) {
      data.put("UpperDir", folders.get(0));
      data.put("LowerDir", String.join(":", folders.subList(1, folders.size())));
    }
    return data;
  }
}
