package io.jdocker.runtime.build;

import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.ImageStore;
import io.jdocker.images.registry.Credentials;
import io.jdocker.images.registry.PullRequest;
import io.jdocker.images.registry.Registries;
import io.jdocker.images.registry.TransferListener;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Images that a Dockerfile names: the store's, or pulled. Thread-safe. */
final class BaseImages {
  private final ImageStore images;
  private final Registries registries;
  private final Map<String, Credentials> credentials;
  private final boolean always;
  private final BuildProgress progress;
  private final Set<String> pulled;

  /**
   * @param credentials by registry
   * @param always looks for a newer one even where the store has one, once a build
   */
  BaseImages(
      ImageStore images,
      Registries registries,
      Map<String, Credentials> credentials,
      boolean always,
      BuildProgress progress) {
    this(images, registries, credentials, always, progress, ConcurrentHashMap.newKeySet());
  }

  private BaseImages(
      ImageStore images,
      Registries registries,
      Map<String, Credentials> credentials,
      boolean always,
      BuildProgress progress,
      Set<String> pulled) {
    this.pulled = pulled;
    this.images = images;
    this.registries = registries;
    this.credentials = Map.copyOf(credentials);
    this.always = always;
    this.progress = progress;
  }

  /** The same, with what is pulled told elsewhere. */
  BaseImages telling(BuildProgress other) {
    return new BaseImages(images, registries, credentials, always, other, pulled);
  }

  /** The image of that name or id. */
  Image get(String name) {
    Optional<Image> local = images.find(name);
    boolean isId = local.filter(image -> image.id().hex().startsWith(name)).isPresent();
    if (local.isPresent() && (!always || isId || pulled.contains(name))) {
      return local.get();
    }
    ImageReference reference = ImageReference.parse(name).withDefaultTag();
    pulled.add(name);
    return registries
        .pull(
            new PullRequest(
                reference,
                Optional.empty(),
                credentials.getOrDefault(reference.domain(), new Credentials.Anonymous())),
            new Lines())
        .image();
  }

  /** Tells the ends of layers only: a build's progress is lines. */
  private final class Lines implements TransferListener {
    @Override
    public synchronized void message(String text) {
      progress.text(text + "\n");
    }

    @Override
    public synchronized void status(String id, String status) {
      if (status.equals("Pull complete")) {
        progress.text(id + ": " + status + "\n");
      }
    }
  }
}
