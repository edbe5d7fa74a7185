package io.jdocker.images;

import io.jdocker.images.registry.Credentials;
import io.jdocker.images.registry.PullRequest;
import io.jdocker.images.registry.Pulled;
import io.jdocker.images.registry.PushRequest;
import io.jdocker.images.registry.Registries;
import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.images.registry.RetryPolicy;
import io.jdocker.images.registry.TransferListener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A store in a test's folder, with registries that are tried again without patience. */
public final class RegistryFixture implements AutoCloseable {
  public static final RetryPolicy IMPATIENT =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(200), Duration.ofMillis(300));

  private final StoreFixture fixture;
  private final RegistryOptions options;
  private Registries registries;

  public RegistryFixture(Path root) {
    this(root, options -> options);
  }

  public RegistryFixture(Path root, UnaryOperator<RegistryOptions> change) {
    this.fixture = new StoreFixture(root);
    this.options =
        change.apply(
            RegistryOptions.standard(Map.of())
                .withRetry(IMPATIENT)
                .withCertificates(root.resolve("no-certificates")));
    this.registries = new Registries(fixture.store(), options, Clock.systemUTC());
  }

  /** Collects what is reported, as docker prints it to a file. */
  public static final class Report implements TransferListener {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void message(String text) {
      lines.add(text);
    }

    @Override
    public void status(String id, String status) {
      lines.add(id + ": " + status);
    }

    @Override
    public void pushed(String tag, Digest digest, long size) {
      lines.add("aux " + tag + " " + digest + " " + size);
    }

    public List<String> lines() {
      return List.copyOf(lines);
    }
  }

  public ImageStore store() {
    return fixture.store();
  }

  public Registries registries() {
    return registries;
  }

  public Path images() {
    return fixture.images();
  }

  public List<String> files() {
    return fixture.files();
  }

  public Image importTar(String name, byte[] tar) {
    return fixture.importTar(name, tar);
  }

  public List<LoadedImage> load(byte[] archive) {
    return fixture.load(archive);
  }

  public Pulled pull(String reference) {
    return registries.pull(PullRequest.of(reference), TransferListener.NONE);
  }

  public Pulled pull(String reference, TransferListener listener) {
    return registries.pull(PullRequest.of(reference), listener);
  }

  public Pulled pull(String reference, String platform) {
    return registries.pull(
        new PullRequest(
            ImageReference.parse(reference),
            Optional.of(Platform.parse(platform)),
            new Credentials.Anonymous()),
        TransferListener.NONE);
  }

  public Pulled pull(String reference, Credentials credentials) {
    return registries.pull(
        new PullRequest(ImageReference.parse(reference), Optional.empty(), credentials),
        TransferListener.NONE);
  }

  public List<String> push(String reference) {
    Report report = new Report();
    registries.push(PushRequest.of(reference), report);
    return report.lines();
  }

  public void push(String reference, Credentials credentials) {
    registries.push(
        new PushRequest(ImageReference.parse(reference), credentials), TransferListener.NONE);
  }

  /** As after a kill -9 and a new start. */
  public void reopen() {
    registries.close();
    fixture.reopen();
    registries = new Registries(fixture.store(), options, Clock.systemUTC());
  }

  /** What lies in a folder of the store. */
  public List<String> in(String folder) {
    return files().stream()
        .filter(file -> file.startsWith("images/" + folder + "/"))
        .map(file -> file.substring(("images/" + folder + "/").length()))
        .toList();
  }

  @Override
  public void close() {
    registries.close();
    fixture.close();
  }
}
