package io.jdocker.images.registry;

import io.jdocker.images.Digest;
import io.jdocker.images.ImageReference;
import io.jdocker.images.registry.RegistrySession.Call;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Puts blobs into a repository: not at all where it has them, else by mounting, else by bytes. */
final class BlobUpload {
  /** The body of a large layer on a slow line; the server's answer comes at its end only. */
  private static final Duration LONGEST = Duration.ofHours(6);

  /** A registry that refuses one repository's blob will hardly have another's. */
  private static final int MOUNTS = 3;

  private static final String OCTETS = "application/octet-stream";

  private final Repository repository;

  BlobUpload(Repository repository) {
    this.repository = repository;
  }

  /** Opens a content; each time from the start. */
  interface Content {
    InputStream open() throws IOException;
  }

  /** What an upload of unknown length turned out to be. */
  record Sent(Digest digest, long size) {}

  private RegistrySession session() {
    return repository.session();
  }

  /** Whether the repository has the blob. */
  boolean exists(Digest digest) throws IOException {
    URI uri = repository.address("/blobs/" + digest);
    HttpRequest.Builder head = session().request(uri).method("HEAD", BodyPublishers.noBody());
    HttpResponse<InputStream> answer = session().send(new Call(head, uri, repository.scope()));
    answer.body().close();
    return answer.statusCode() == 200;
  }

  /**
   * Asks the registry to take the blob from another of its repositories.
   *
   * @return the path of the one it took it from
   */
  Optional<String> mount(Digest digest, List<ImageReference> candidates) throws IOException {
    List<String> paths =
        candidates.stream()
            .map(ImageReference::path)
            .filter(path -> !path.equals(repository.path()))
            .distinct()
            .limit(MOUNTS)
            .toList();
    for (String from : paths) {
      if (mount(digest, from)) {
        return Optional.of(from);
      }
    }
    return Optional.empty();
  }

  private boolean mount(Digest digest, String from) throws IOException {
    URI uri =
        repository.address(
            "/blobs/uploads/?mount="
                + digest
                + "&from="
                + URLEncoder.encode(from, StandardCharsets.UTF_8));
    HttpRequest.Builder post = session().request(uri).POST(BodyPublishers.noBody());
    try {
      HttpResponse<InputStream> answer =
          session().send(new Call(post, uri, repository.scope().andPull(from)));
      answer.body().close();
      if (answer.statusCode() == 202) {
        cancel(location(uri, answer));
      }
      return answer.statusCode() == 201;
    } catch (RegistryRefusal e) {
      // We may not read there, or the registry does not know how: send the bytes.
      return false;
    }
  }

  /**
   * An upload that was opened in the mount's stead; registries end forgotten ones by themselves.
   */
  private void cancel(URI upload) {
    try {
      HttpRequest.Builder delete = session().request(upload).DELETE();
      session().sendOnce(new Call(delete, upload, repository.scope())).body().close();
    } catch (IOException e) {
      return; // it expires
    }
  }

  /** Sends content that is known, in one piece. */
  void send(Content content, Digest digest, long size, LongConsumer progress) throws IOException {
    again(
        () -> {
          URI upload = begin();
          URI target = withDigest(upload, digest);
          HttpRequest.Builder put =
              session()
                  .request(target)
                  .timeout(LONGEST)
                  .setHeader("Content-Type", OCTETS)
                  .PUT(
                      BodyPublishers.fromPublisher(
                          BodyPublishers.ofInputStream(() -> new Sending(open(content), progress)),
                          Math.max(1, size)));
          if (size == 0) {
            put.PUT(BodyPublishers.noBody());
          }
          finish(new Call(put, target, repository.scope()));
          return new Sent(digest, size);
        });
  }

  /** Compresses while it sends, in chunks; what it was is known at the end. */
  Sent compress(Content content, LongConsumer progress) throws IOException {
    return again(
        () -> {
          URI upload = begin();
          Hashing[] body = new Hashing[1];
          HttpRequest.Builder patch =
              session()
                  .request(upload)
                  .timeout(LONGEST)
                  .setHeader("Content-Type", OCTETS)
                  .method(
                      "PATCH",
                      BodyPublishers.ofInputStream(
                          () -> {
                            body[0] =
                                new Hashing(new GzipInput(new Sending(open(content), progress)));
                            return body[0];
                          }));
          HttpResponse<InputStream> answer =
              session().sendOnce(new Call(patch, upload, repository.scope()));
          answer.body().close();
          Sent sent = body[0].sent();
          URI target = withDigest(location(upload, answer), sent.digest());
          HttpRequest.Builder put =
              session()
                  .request(target)
                  .setHeader("Content-Type", OCTETS)
                  .PUT(BodyPublishers.noBody());
          finish(new Call(put, target, repository.scope()));
          return sent;
        });
  }

  private static InputStream open(Content content) {
    try {
      return content.open();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private URI begin() throws IOException {
    URI uri = repository.address("/blobs/uploads/");
    HttpRequest.Builder post = session().request(uri).POST(BodyPublishers.noBody());
    HttpResponse<InputStream> answer = session().send(new Call(post, uri, repository.scope()));
    answer.body().close();
    if (answer.statusCode() != 202) {
      throw new RegistryRefusal(
          answer.statusCode(), "", "the registry began no upload: status " + answer.statusCode());
    }
    return location(uri, answer);
  }

  /** Where to go on: may be relative, and behind a TLS proxy may name plain HTTP. */
  private URI location(URI from, HttpResponse<InputStream> answer) throws IOException {
    String text = answer.headers().firstValue("Location").orElse("");
    if (text.isEmpty()) {
      throw new RegistryRefusal(
          answer.statusCode(), "", "the registry named no place to upload to");
    }
    try {
      URI to = from.resolve(text);
      boolean downgraded =
          "https".equals(from.getScheme())
              && "http".equals(to.getScheme())
              && from.getHost().equalsIgnoreCase(to.getHost());
      return downgraded
          ? URI.create("https://" + from.getRawAuthority() + text.substring(afterAuthority(text)))
          : to;
    } catch (IllegalArgumentException e) {
      throw new IOException("the registry named an invalid place to upload to: " + text, e);
    }
  }

  private static int afterAuthority(String address) {
    int slash = address.indexOf('/', address.indexOf("//") + 2);
    return slash < 0 ? address.length() : slash;
  }

  private static URI withDigest(URI upload, Digest digest) {
    String separator = upload.getRawQuery() == null ? "?" : "&";
    return URI.create(
        upload
            + separator
            + "digest="
            + URLEncoder.encode(digest.toString(), StandardCharsets.UTF_8));
  }

  private void finish(Call call) throws IOException {
    HttpResponse<InputStream> answer = session().sendOnce(call);
    answer.body().close();
  }

  /** Makes one attempt after the other, each with an upload of its own. */
  private Sent again(Attempt attempt) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return attempt.make();
      } catch (IOException e) {
        boolean hopeless =
            e instanceof java.io.InterruptedIOException
                || (e instanceof RegistryRefusal refusal
                    && !session().retry().isTransient(refusal.status()));
        Optional<Duration> pause =
            hopeless
                ? Optional.empty()
                : session().retry().delay(number, Optional.empty(), Instant.EPOCH);
        if (pause.isEmpty()) {
          throw e;
        }
        RegistrySession.sleep(pause.get());
      }
    }
  }

  private interface Attempt {
    Sent make() throws IOException;
  }
}
