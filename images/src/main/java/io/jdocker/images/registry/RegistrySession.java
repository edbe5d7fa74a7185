package io.jdocker.images.registry;

import io.jdocker.images.registry.Credentials.Password;
import io.jdocker.images.registry.Credentials.RegistryToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * Requests to one registry in somebody's name: answers challenges, follows redirects, tries again.
 * Credentials and tokens go to the registry's own address only, never with a redirect to another
 * (CVE-2020-15157). Thread-safe.
 */
final class RegistrySession {
  /** Also a first byte that does not come ends an attempt. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_ERROR = 1 << 16;
  private static final String USER_AGENT = "jdocker";

  private final HttpTransport transport;
  private final Endpoint endpoint;
  private final Credentials credentials;
  private final Clock clock;
  private final Tokens tokens;

  /** The registry's way of asking, known from the first request on. */
  private volatile Optional<Challenge> challenge = Optional.empty();

  /** A request for the token's scope; the body can be sent again. */
  record Call(HttpRequest.Builder request, URI uri, Scope scope) {}

  RegistrySession(
      HttpTransport transport, Endpoint endpoint, Credentials credentials, Clock clock) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.credentials = endpoint.mirror() ? new Credentials.Anonymous() : credentials;
    this.clock = clock;
    this.tokens = new Tokens(transport, endpoint, this.credentials, clock);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  RetryPolicy retry() {
    return transport.retry();
  }

  /** A request to an address, absolute or below {@code /v2/}'s root. */
  HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(ANSWER).setHeader("User-Agent", USER_AGENT);
  }

  /**
   * Sends until there is an answer that will not be another the next time. The caller closes its
   * body.
   *
   * @throws RegistryRefusal when the answer is an error other than 404 to HEAD
   */
  HttpResponse<InputStream> send(Call call) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> pause;
      try {
        HttpResponse<InputStream> answer = once(call);
        int status = answer.statusCode();
        pause =
            retry().isTransient(status)
                ? retry()
                    .delay(attempt, answer.headers().firstValue("Retry-After"), clock.instant())
                : Optional.empty();
        if (pause.isEmpty()) {
          return checked(answer);
        }
        answer.body().close();
      } catch (RegistryRefusal | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        pause =
            isFinal(e)
                ? Optional.empty()
                : retry().delay(attempt, Optional.empty(), clock.instant());
        if (pause.isEmpty()) {
          throw failed(call, e);
        }
      }
      sleep(pause.get());
    }
  }

  /** Sends once, but for a new token: a body that cannot simply be sent again. */
  HttpResponse<InputStream> sendOnce(Call call) throws IOException {
    try {
      return checked(once(call));
    } catch (RegistryRefusal | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw failed(call, e);
    }
  }

  /** Nobody there, no such host, no trust: asking again changes nothing. */
  private static boolean isFinal(IOException e) {
    return e instanceof ConnectException
        || e instanceof SSLHandshakeException
        || e.getCause() instanceof UnresolvedAddressException;
  }

  private static IOException failed(Call call, IOException e) {
    String method = call.request().copy().uri(call.uri()).build().method();
    String name = method.charAt(0) + method.substring(1).toLowerCase(java.util.Locale.ROOT);
    return new IOException(
        name + " \"" + call.uri() + "\": " + NetworkFailure.text(e, call.uri()), e);
  }

  static void sleep(Duration pause) throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static HttpResponse<InputStream> checked(HttpResponse<InputStream> answer)
      throws IOException {
    int status = answer.statusCode();
    boolean absent = status == 404 && answer.request().method().equals("HEAD");
    if (status < 400 || absent || status == 416) {
      return answer;
    }
    try (InputStream body = answer.body()) {
      throw RegistryRefusal.of(
          status, new String(body.readNBytes(MAX_ERROR), StandardCharsets.UTF_8));
    }
  }

  /** One attempt, with at most one new token. */
  private HttpResponse<InputStream> once(Call call) throws IOException {
    HttpResponse<InputStream> answer = follow(call, authorization(call.scope()));
    if (answer.statusCode() != 401 || !endpoint.isHome(answer.uri())) {
      return answer;
    }
    challenge = Challenge.choose(answer.headers().allValues("WWW-Authenticate"));
    Optional<String> renewed = renewed(call.scope(), false);
    if (renewed.isEmpty()) {
      if (challenge.isPresent() && !challenge.get().isBearer()) {
        answer.body().close();
        throw new RegistryRefusal(401, "UNAUTHORIZED", "no basic auth credentials");
      }
      return answer;
    }
    answer.body().close();
    return follow(call, renewed);
  }

  private Optional<String> authorization(Scope scope) throws IOException {
    if (credentials instanceof RegistryToken token) {
      return Optional.of("Bearer " + token.token());
    }
    if (challenge.isEmpty()) {
      return Optional.empty();
    }
    if (!challenge.get().isBearer()) {
      return basic();
    }
    Optional<Tokens.Token> kept = tokens.kept(scope);
    return kept.isPresent() ? kept.map(token -> "Bearer " + token.text()) : renewed(scope, false);
  }

  private Optional<String> basic() {
    return credentials instanceof Password password
        ? Optional.of(BasicAuthorization.of(password))
        : Optional.empty();
  }

  private Optional<String> renewed(Scope scope, boolean offline) throws IOException {
    if (challenge.isEmpty() || credentials instanceof RegistryToken) {
      return Optional.empty();
    }
    return challenge.get().isBearer()
        ? Optional.of("Bearer " + tokens.fetch(challenge.get(), scope, offline).text())
        : basic();
  }

  private HttpResponse<InputStream> follow(Call call, Optional<String> authorization)
      throws IOException {
    URI uri = call.uri();
    // Once away, never again at home: who redirects back could have changed the address.
    boolean atHome = endpoint.isHome(uri);
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      atHome = atHome && endpoint.isHome(uri);
      HttpRequest.Builder request = call.request().copy().uri(uri);
      if (atHome) {
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
      }
      HttpResponse<InputStream> answer = transport.send(request, endpoint.verified() || !atHome);
      if (!isRedirect(answer.statusCode())) {
        return answer;
      }
      answer.body().close();
      uri = next(uri, answer);
    }
    throw new RegistryRefusal(
        310, "", "more than " + MAX_REDIRECTS + " redirects from " + call.uri());
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI next(URI from, HttpResponse<InputStream> answer) throws IOException {
    String location = answer.headers().firstValue("Location").orElse("");
    try {
      URI to = from.resolve(location);
      boolean web = "https".equals(to.getScheme()) || "http".equals(to.getScheme());
      boolean downgrade = "https".equals(from.getScheme()) && "http".equals(to.getScheme());
      if (location.isEmpty() || !web || to.getHost() == null || downgrade) {
        throw new RegistryRefusal(
            answer.statusCode(), "", "refused to follow the redirect to \"" + location + "\"");
      }
      return to;
    } catch (IllegalArgumentException e) {
      throw new IOException("redirect to an invalid address: " + location, e);
    }
  }

  /**
   * Proves the credentials.
   *
   * @return an identity token to keep in the password's stead, where the registry gives one
   */
  Optional<String> login() throws IOException {
    URI ping = endpoint.resolve("/v2/");
    HttpResponse<InputStream> first =
        follow(new Call(request(ping), ping, Scope.none()), Optional.empty());
    first.body().close();
    challenge = Challenge.choose(first.headers().allValues("WWW-Authenticate"));
    Optional<String> refresh = Optional.empty();
    if (challenge.isPresent() && challenge.get().isBearer()) {
      refresh = tokens.fetch(challenge.get(), Scope.none(), true).refresh();
    }
    send(new Call(request(ping), ping, Scope.none())).body().close();
    return refresh;
  }
}
