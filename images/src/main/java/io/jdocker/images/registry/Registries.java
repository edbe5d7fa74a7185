package io.jdocker.images.registry;

import io.jdocker.images.ImageReference;
import io.jdocker.images.ImageStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The registries that one engine talks to. Thread-safe. Nothing of the HTTP client is loaded before
 * the first question.
 */
public final class Registries implements AutoCloseable {
  private final ImageStore store;
  private RegistryOptions options;
  private final Clock clock;
  private Optional<Connections> connections = Optional.empty();

  /** What is made for the first question. */
  private record Connections(HttpTransport transport, Endpoints endpoints, Downloads downloads) {}

  public Registries(ImageStore store, RegistryOptions options, Clock clock) {
    this.store = store;
    this.options = options;
    this.clock = clock;
  }

  public synchronized RegistryOptions options() {
    return options;
  }

  /** From now on registries are reached in this way; what is under way goes on in the old one. */
  public synchronized void use(RegistryOptions others) {
    if (!others.equals(options)) {
      options = others;
      HttpTransport transport = new HttpTransport(others);
      connections =
          connections.map(
              old -> new Connections(transport, new Endpoints(others, transport), old.downloads()));
    }
  }

  private synchronized Connections connections() {
    if (connections.isEmpty()) {
      HttpTransport transport = new HttpTransport(options);
      connections =
          Optional.of(
              new Connections(
                  transport,
                  new Endpoints(options, transport),
                  new Downloads(store.downloads(), options.retry())));
    }
    return connections.get();
  }

  /**
   * Brings an image from its registry.
   *
   * @throws io.jdocker.linux.failure.EngineException with Docker's wording; nothing half-made is
   *     left, and what has come of the layers is kept for the next attempt
   */
  public Pulled pull(PullRequest request, TransferListener listener) {
    List<Repository> sources = sources(request.reference(), request.credentials());
    return new Pull(store, connections().downloads(), sources, request, listener).run();
  }

  /** Every tag of a repository, to be pulled one by one. */
  public List<ImageReference> tags(ImageReference repository, Credentials credentials) {
    try {
      return sources(repository, credentials).get(0).tags().stream()
          .map(repository::withTag)
          .toList();
    } catch (IOException e) {
      throw RegistryFailures.reading(e, repository);
    }
  }

  private List<Repository> sources(ImageReference reference, Credentials credentials) {
    try {
      List<Repository> sources = new ArrayList<>();
      for (Endpoint endpoint : connections().endpoints().toPull(reference.domain())) {
        sources.add(
            new Repository(
                session(endpoint, credentials), reference.path(), Scope.pull(reference.path())));
      }
      return sources;
    } catch (IOException e) {
      throw RegistryFailures.reading(unreached(reference.domain(), e), reference);
    }
  }

  private static IOException unreached(String domain, IOException e) {
    java.net.URI uri = java.net.URI.create("http://" + domain + "/v2/");
    return new IOException("Get \"" + uri + "\": " + NetworkFailure.text(e, uri), e);
  }

  private RegistrySession session(Endpoint endpoint, Credentials credentials) {
    return new RegistrySession(connections().transport(), endpoint, credentials, clock);
  }

  /**
   * Sends an image, or all of a repository's, to the registry in its name.
   *
   * @throws io.jdocker.linux.failure.EngineException with Docker's wording
   */
  public void push(PushRequest request, TransferListener listener) {
    ImageReference reference = request.reference();
    Repository repository;
    try {
      Endpoint endpoint = connections().endpoints().toPush(reference.domain());
      repository =
          new Repository(
              session(endpoint, request.credentials()),
              reference.path(),
              Scope.push(reference.path()));
    } catch (IOException e) {
      throw RegistryFailures.writing(unreached(reference.domain(), e));
    }
    new Push(store, repository, reference, listener).run();
  }

  /**
   * Proves credentials to a registry.
   *
   * @param server as typed to login: a host, an address, or empty for Docker Hub
   * @return an identity token to keep in the password's stead, where the registry gives one
   */
  public Optional<String> login(String server, Credentials credentials) {
    String domain = ServerAddress.domain(server);
    try {
      return session(connections().endpoints().toPush(domain), credentials).login();
    } catch (IOException e) {
      throw RegistryFailures.writing(
          e.getMessage() != null && e.getMessage().contains("\"http") ? e : unreached(domain, e));
    }
  }

  /** A manifest or index as its registry serves it. */
  public Inspected inspect(ImageReference reference, Credentials credentials) {
    ImageReference whole = reference.withDefaultTag();
    IOException last = null;
    for (Repository source : sources(whole, credentials)) {
      try {
        String asked =
            whole.digest().map(Object::toString).orElseGet(() -> whole.tag().orElseThrow());
        ServedManifest served = source.manifest(asked);
        return Inspected.of(source, served);
      } catch (IOException e) {
        last = e;
      }
    }
    throw RegistryFailures.reading(last == null ? new IOException("no registry") : last, whole);
  }

  /** Asks a registry's index of images, as far as it has one. */
  public List<SearchResult> search(String term, int limit, Credentials credentials) {
    try {
      return new Search(connections().transport(), connections().endpoints())
          .run(term, limit, credentials);
    } catch (IOException e) {
      throw RegistryFailures.writing(e);
    }
  }

  /**
   * Deletes what cut pulls have left for another attempt.
   *
   * @return bytes
   */
  public long prune() {
    return connections().downloads().clear();
  }

  @Override
  public synchronized void close() {
    connections.ifPresent(made -> made.downloads().close());
    connections = Optional.empty();
  }
}
