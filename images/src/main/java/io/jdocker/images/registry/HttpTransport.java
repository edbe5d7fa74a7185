package io.jdocker.images.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The JDK's HTTP client, one for each registry's TLS settings, made when first needed: it brings
 * 400 classes and two threads. It follows no redirect and answers no challenge by itself. Thread-
 * safe.
 */
final class HttpTransport {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration PING = Duration.ofSeconds(10);

  private final RegistryOptions options;
  private final Certificates certificates;
  private final Proxies proxies;
  private final ConcurrentMap<Settings, HttpClient> clients = new ConcurrentHashMap<>();

  /** What a client is made for. */
  private record Settings(String authority, boolean verified) {
    private static final Settings USUAL = new Settings("", true);
  }

  HttpTransport(RegistryOptions options) {
    this.options = options;
    this.certificates = new Certificates(options.certificates());
    this.proxies = new Proxies(options.environment());
  }

  RetryPolicy retry() {
    return options.retry();
  }

  /** Sends a request, once. The caller closes the body. */
  HttpResponse<InputStream> send(HttpRequest.Builder builder, boolean verified) throws IOException {
    URI uri = builder.copy().build().uri();
    proxies.authorization(uri).ifPresent(a -> builder.setHeader("Proxy-Authorization", a));
    HttpRequest request = builder.build();
    try {
      return client(uri, verified).send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + uri);
    }
  }

  /** Whether somebody behind that address speaks the protocol; carries no credentials. */
  boolean speaksRegistry(Endpoint endpoint) throws IOException {
    HttpRequest.Builder ping = HttpRequest.newBuilder(endpoint.resolve("/v2/")).timeout(PING);
    HttpResponse<InputStream> answer = send(ping, endpoint.verified());
    answer.body().close();
    // Go's TLS servers answer plain HTTP with 400.
    return answer.statusCode() != 400;
  }

  private HttpClient client(URI uri, boolean verified) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    Settings settings = tls ? new Settings(uri.getRawAuthority(), verified) : Settings.USUAL;
    return clients.computeIfAbsent(settings, this::build);
  }

  private HttpClient build(Settings settings) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Over one connection the three parallel layers would share one TCP window.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            // No authenticator: with one, the client would answer the registry's challenges, too.
            .proxy(proxies);
    if (!settings.equals(Settings.USUAL)) {
      certificates
          .context(Authority.parse(settings.authority()), settings.verified())
          .ifPresent(builder::sslContext);
    }
    return builder.build();
  }
}
