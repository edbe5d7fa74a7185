package io.jdocker.engine;

import io.jdocker.images.Digest;
import io.jdocker.images.ImageReference;
import io.jdocker.images.ImageUse;
import io.jdocker.images.ImportRequest;
import io.jdocker.images.LoadedImage;
import io.jdocker.images.ProgressListener;
import io.jdocker.images.registry.Credentials;
import io.jdocker.images.registry.PullRequest;
import io.jdocker.images.registry.TransferListener;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.build.Cancellation;
import io.jdocker.runtime.build.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The images of an engine. One is named by its name, {@code busybox} or {@code
 * registry.example/team/app:1}, by its id, or by a prefix of that which no other shares.
 * Thread-safe.
 */
public final class Images {
  private final Engine engine;

  Images(Engine engine) {
    this.engine = engine;
  }

  /** Brings an image from its registry, as nobody in particular. */
  public Image pull(String reference) {
    return pull(reference, new Credentials.Anonymous());
  }

  /** Brings an image from its registry, as a user. */
  public Image pull(String reference, String user, String password) {
    return pull(reference, new Credentials.Password(user, password));
  }

  private Image pull(String reference, Credentials credentials) {
    PullRequest request =
        new PullRequest(ImageReference.parse(reference), Optional.empty(), credentials);
    return Image.of(engine.registries().pull(request, TransferListener.NONE).image());
  }

  /** The image of that name, pulled where it is not in the engine. */
  public Image need(String reference) {
    return find(reference).orElseGet(() -> pull(reference));
  }

  /**
   * Brings in the images of a docker-archive or OCI layout, plain or compressed: all or none.
   *
   * @throws InvalidArgument when there is no such file, or it is damaged
   */
  public List<Image> load(Path archive) {
    try (InputStream in = Files.newInputStream(archive)) {
      return load(in);
    } catch (IOException e) {
      throw new InvalidArgument("cannot read " + archive + ": " + e.getMessage(), e);
    }
  }

  /** As {@link #load(Path)}; the stream is read to its end and not closed. */
  public List<Image> load(InputStream archive) {
    return engine.images().load(archive, ProgressListener.NONE).stream()
        .map(LoadedImage::id)
        .map(Digest::toString)
        .map(this::get)
        .toList();
  }

  /**
   * Makes an image of one layer from the tar of a root file system.
   *
   * @param changes Dockerfile instructions: {@code CMD ["sh"]}
   */
  public Image importRoot(String name, InputStream tar, String... changes) {
    return Image.of(
        engine
            .images()
            .importRootfs(
                ImportRequest.named(name).withChanges(changes), tar, ProgressListener.NONE));
  }

  /** As {@link #build(Path, BuildSettings, Consumer)}, heard by nobody. */
  public Image build(Path folder, BuildSettings settings) {
    return build(folder, settings, line -> {});
  }

  /**
   * Builds an image from a folder with a Dockerfile.
   *
   * @param progress gets what the builder and its commands write, as it comes
   * @throws InvalidArgument for a fault of the Dockerfile or the folder, a command that fails
   *     included: the message names it
   */
  public Image build(Path folder, BuildSettings settings, Consumer<String> progress) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidArgument("there is no folder " + folder + " to build from");
    }
    HostTree tree = new HostTree(engine.kernel());
    try (Spool spool = Spool.of(out -> tree.packContext(folder, settings.dockerfile(), out));
        InputStream context = spool.open()) {
      return Image.of(
          engine
              .builder()
              .build(settings.request(), context, progress::accept, new Cancellation()));
    } catch (CommandFailed e) {
      throw new InvalidArgument(e.getMessage(), e);
    } catch (IOException e) {
      throw new SystemFailure("cannot build from " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Writes images, and what they are called, as an archive that {@link #load(Path)} takes. */
  public void save(List<String> references, OutputStream out) {
    try {
      engine.images().save(references, out);
    } catch (IOException e) {
      throw new SystemFailure("cannot save " + references + ": " + e.getMessage(), e);
    }
  }

  /** Gives an image one more name; an image that had it loses it. */
  public void tag(String reference, String name) {
    engine.images().tag(reference, ImageReference.parse(name));
  }

  /**
   * One that is there.
   *
   * @throws io.jdocker.linux.failure.NotFound when there is none
   */
  public Image get(String reference) {
    return Image.of(engine.images().get(reference));
  }

  public Optional<Image> find(String reference) {
    return engine.images().find(reference).map(Image::of);
  }

  /** Every one, the newest first. */
  public List<Image> list() {
    return engine.images().list().stream().map(Image::of).toList();
  }

  /**
   * Removes a name, or an image with its last name.
   *
   * @param force also when containers that do not run use it
   * @throws io.jdocker.linux.failure.Conflict when containers use it
   */
  public void remove(String reference, boolean force) {
    engine
        .images()
        .remove(
            reference,
            force,
            engine.containers().list().stream()
                .map(
                    container ->
                        new ImageUse(
                            container.id().hex(),
                            Digest.parse(container.record().imageId()),
                            container.state().status().isAlive()))
                .toList());
  }
}
