package io.jdocker.images.registry;

import io.jdocker.images.Descriptor;
import io.jdocker.images.Digest;
import io.jdocker.images.JsonDocument;
import io.jdocker.images.MediaTypes;
import io.jdocker.images.registry.RegistrySession.Call;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One repository of one registry, as the distribution specification lays it out. Thread-safe. */
final class Repository {
  /** containerd's bound (CVE-2023-25153). */
  private static final int MAX_MANIFEST = 4 << 20;

  private static final int MAX_PAGES = 1000;
  private static final String DIGEST_FIELD = "Docker-Content-Digest";
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(?:\\d+|\\*)");
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;.*rel=\"?next\"?.*");

  private final RegistrySession session;
  private final String path;
  private final Scope scope;

  /**
   * A blob, or the rest of it.
   *
   * @param start where in the blob the content begins: a server may ignore a range
   */
  record Part(InputStream content, long start) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  Repository(RegistrySession session, String path, Scope scope) {
    this.session = session;
    this.path = path;
    this.scope = scope;
  }

  RegistrySession session() {
    return session;
  }

  String path() {
    return path;
  }

  Scope scope() {
    return scope;
  }

  URI address(String rest) {
    return session.endpoint().resolve("/v2/" + path + rest);
  }

  /** The digest of what a tag leads to now; costs no rate limit at Docker Hub. */
  Optional<Digest> head(String reference) throws IOException {
    Call call = manifestCall(reference);
    call.request().method("HEAD", BodyPublishers.noBody());
    HttpResponse<InputStream> answer = session.send(call);
    answer.body().close();
    return answer.statusCode() == 404
        ? Optional.empty()
        : answer.headers().firstValue(DIGEST_FIELD).filter(Repository::isSha256).map(Digest::parse);
  }

  private static boolean isSha256(String text) {
    return text.matches(Digest.PREFIX + "[0-9a-f]{64}");
  }

  private Call manifestCall(String reference) {
    URI uri = address("/manifests/" + reference);
    HttpRequest.Builder request = session.request(uri);
    MediaTypes.ACCEPTED.forEach(type -> request.header("Accept", type));
    return new Call(request, uri, scope);
  }

  /**
   * The manifest or index of that tag or digest.
   *
   * @throws RegistryRefusal when there is none
   */
  ServedManifest manifest(String reference) throws IOException {
    HttpResponse<InputStream> answer = session.send(manifestCall(reference));
    byte[] content;
    try (InputStream body = answer.body()) {
      content = body.readNBytes(MAX_MANIFEST + 1);
    }
    if (content.length > MAX_MANIFEST) {
      throw new IOException(
          "manifest " + reference + " is larger than " + (MAX_MANIFEST >> 20) + " MiB");
    }
    Digest digest = Digest.of(content);
    Optional<String> expected =
        isSha256(reference)
            ? Optional.of(reference)
            : answer.headers().firstValue(DIGEST_FIELD).filter(Repository::isSha256);
    if (expected.filter(text -> !text.equals(digest.toString())).isPresent()) {
      throw new IOException(
          "manifest verification failed for digest " + expected.get() + ": got " + digest);
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    int parameters = type.indexOf(';');
    return new ServedManifest(
        content, digest, (parameters < 0 ? type : type.substring(0, parameters)).strip());
  }

  /** Gives a manifest its tag. */
  void put(String tag, byte[] manifest, String mediaType) throws IOException {
    URI uri = address("/manifests/" + tag);
    HttpRequest.Builder put =
        session
            .request(uri)
            .setHeader("Content-Type", mediaType)
            .PUT(BodyPublishers.ofByteArray(manifest));
    session.send(new Call(put, uri, scope)).body().close();
  }

  /** A small blob, such as a configuration. */
  byte[] document(Descriptor descriptor) throws IOException {
    if (descriptor.size() > 2L * MAX_MANIFEST) {
      throw new IOException(
          "blob "
              + descriptor.digest()
              + " of "
              + descriptor.size()
              + " bytes is no configuration");
    }
    int size = (int) descriptor.size();
    for (int attempt = 1; ; attempt++) {
      try (Part part = blob(descriptor.digest(), 0)) {
        byte[] content = part.content().readNBytes(size + 1);
        if (content.length != size || !Digest.of(content).equals(descriptor.digest())) {
          throw new IOException("verification failed for digest " + descriptor.digest());
        }
        return content;
      } catch (RegistryRefusal e) {
        throw e;
      } catch (IOException e) {
        // Cut short, most likely: once more.
        if (attempt > 1) {
          throw e;
        }
      }
    }
  }

  /** Opens a blob, from an offset where the server can do that. The caller closes it. */
  Part blob(Digest digest, long offset) throws IOException {
    URI uri = address("/blobs/" + digest);
    // A proxy that compresses on its own would change the bytes.
    HttpRequest.Builder request = session.request(uri).header("Accept-Encoding", "identity");
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    HttpResponse<InputStream> answer = session.send(new Call(request, uri, scope));
    return switch (answer.statusCode()) {
      case 206 -> new Part(answer.body(), start(answer, offset));
      case 416 -> {
        answer.body().close();
        throw new RangeRefused();
      }
      default -> new Part(answer.body(), 0);
    };
  }

  private static long start(HttpResponse<InputStream> answer, long offset) throws IOException {
    Matcher range = RANGE.matcher(answer.headers().firstValue("Content-Range").orElse(""));
    if (!range.matches() || Long.parseLong(range.group(1)) > offset) {
      answer.body().close();
      throw new RangeRefused();
    }
    return Long.parseLong(range.group(1));
  }

  /** The server cannot give the rest alone: all of it has to be fetched again. */
  static final class RangeRefused extends IOException {
    private static final long serialVersionUID = 1L;

    RangeRefused() {
      super("the registry does not give a part of the blob");
    }
  }

  /** Every tag, by however many pages. */
  List<String> tags() throws IOException {
    List<String> tags = new ArrayList<>();
    Optional<URI> page = Optional.of(address("/tags/list"));
    for (int pages = 0; page.isPresent() && pages < MAX_PAGES; pages++) {
      URI uri = page.get();
      HttpResponse<InputStream> answer = session.send(new Call(session.request(uri), uri, scope));
      try (InputStream body = answer.body()) {
        tags.addAll(
            JsonDocument.parse("the list of tags", body.readNBytes(MAX_MANIFEST)).texts("tags"));
      } catch (InvalidArgument e) {
        throw new IOException(e.getMessage(), e);
      }
      page = next(uri, answer.headers().firstValue("Link").orElse(""));
    }
    return tags;
  }

  private static Optional<URI> next(URI from, String link) throws IOException {
    Matcher next = NEXT.matcher(link);
    try {
      return next.matches() ? Optional.of(from.resolve(next.group(1))) : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException("the list of tags goes on at an invalid address: " + link, e);
    }
  }
}
