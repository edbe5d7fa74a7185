package io.jdocker.images.registry;

import io.jdocker.images.JsonDocument;
import io.jdocker.images.registry.Credentials.IdentityToken;
import io.jdocker.images.registry.Credentials.Password;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Gets tokens from the server that a registry's challenge names, and keeps them while they last
 * (distribution's spec/auth: token.md, oauth.md). One for each session, so for one registry and one
 * set of credentials. Thread-safe.
 */
final class Tokens {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String CLIENT = "jdocker";

  /** The specification's, where an answer names none. */
  private static final long DEFAULT_SECONDS = 60;

  /** A token that ends while its request travels is of no use. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final int MAX_ANSWER = 1 << 20;

  private final HttpTransport transport;
  private final Endpoint endpoint;
  private final Credentials credentials;
  private final Clock clock;
  private final ConcurrentMap<Scope, Token> kept = new ConcurrentHashMap<>();

  /** A token and what came with it. */
  record Token(String text, Instant ends, Optional<String> refresh) {}

  Tokens(HttpTransport transport, Endpoint endpoint, Credentials credentials, Clock clock) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** A token at hand for what is wanted. */
  Optional<Token> kept(Scope scope) {
    return Optional.ofNullable(kept.get(scope))
        .filter(token -> clock.instant().plus(MARGIN).isBefore(token.ends()));
  }

  /**
   * Gets a new one.
   *
   * @param offline true to ask for an identity token, too: a login
   */
  Token fetch(Challenge challenge, Scope scope, boolean offline) throws IOException {
    URI realm = realm(challenge);
    HttpResponse<InputStream> answer =
        credentials instanceof IdentityToken identity
            ? exchange(realm, challenge, scope, identity)
            : ask(realm, challenge, scope, offline);
    Token token = read(answer);
    kept.put(scope, token);
    return token;
  }

  private URI realm(Challenge challenge) throws IOException {
    String text = challenge.parameter("realm");
    try {
      // Relative realms occur; an absolute one stays as it is.
      URI realm = endpoint.resolve("/").resolve(text);
      boolean plain = "http".equalsIgnoreCase(realm.getScheme());
      if (!plain && !"https".equalsIgnoreCase(realm.getScheme())) {
        throw new IOException("invalid token auth challenge realm: " + text);
      }
      boolean secret = !(credentials instanceof Credentials.Anonymous);
      if (plain && secret && endpoint.base().getScheme().equals("https")) {
        throw new IOException(
            "the registry "
                + endpoint.base().getHost()
                + " asks to send credentials in plain HTTP to "
                + realm.getHost()
                + ": refused");
      }
      return realm;
    } catch (IllegalArgumentException e) {
      throw new IOException("invalid token auth challenge realm: " + text, e);
    }
  }

  private HttpResponse<InputStream> ask(
      URI realm, Challenge challenge, Scope scope, boolean offline) throws IOException {
    List<String> query = new ArrayList<>();
    parameter(query, "service", challenge.parameter("service"));
    wanted(challenge, scope).forEach(text -> parameter(query, "scope", text));
    if (credentials instanceof Password password) {
      parameter(query, "account", password.user());
    }
    if (offline) {
      parameter(query, "offline_token", "true");
      parameter(query, "client_id", CLIENT);
    }
    String separator = realm.getRawQuery() == null ? "?" : "&";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(realm + separator + String.join("&", query)))
            .timeout(TIMEOUT);
    if (credentials instanceof Password password) {
      request.setHeader("Authorization", BasicAuthorization.of(password));
    }
    return transport.send(request, verified(realm));
  }

  private HttpResponse<InputStream> exchange(
      URI realm, Challenge challenge, Scope scope, IdentityToken identity) throws IOException {
    List<String> form = new ArrayList<>();
    parameter(form, "grant_type", "refresh_token");
    parameter(form, "service", challenge.parameter("service"));
    parameter(form, "client_id", CLIENT);
    parameter(form, "scope", String.join(" ", wanted(challenge, scope)));
    parameter(form, "refresh_token", identity.token());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(realm)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(String.join("&", form)));
    return transport.send(request, verified(realm));
  }

  /** What we need, and what the registry says it wants. */
  private static List<String> wanted(Challenge challenge, Scope scope) {
    List<String> all = new ArrayList<>(scope.texts());
    for (String text : challenge.parameter("scope").split(" ", -1)) {
      boolean covered = all.stream().anyMatch(own -> covers(own, text));
      if (!text.isEmpty() && !covered) {
        all.add(text);
      }
    }
    return all;
  }

  /** {@code repository:x:pull,push} asks for all that {@code repository:x:pull} does. */
  private static boolean covers(String own, String wanted) {
    int colon = wanted.lastIndexOf(':');
    return own.equals(wanted)
        || (colon > 0
            && own.startsWith(wanted.substring(0, colon + 1))
            && List.of(own.substring(own.lastIndexOf(':') + 1).split(",", -1))
                .containsAll(List.of(wanted.substring(colon + 1).split(",", -1))));
  }

  private static void parameter(List<String> query, String name, String value) {
    if (!value.isEmpty()) {
      query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  /** An insecure registry's word does not make other servers' certificates worthless. */
  private boolean verified(URI realm) {
    return endpoint.verified() || !endpoint.isHome(realm);
  }

  private Token read(HttpResponse<InputStream> answer) throws IOException {
    String body;
    try (InputStream in = answer.body()) {
      body = new String(in.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
    }
    if (answer.statusCode() != 200) {
      RegistryRefusal refusal = RegistryRefusal.of(answer.statusCode(), body);
      throw refusal.isDenied() && refusal.code().isEmpty()
          ? new RegistryRefusal(
              refusal.status(), "UNAUTHORIZED", "unauthorized: " + refusal.getMessage())
          : refusal;
    }
    try {
      JsonDocument document =
          JsonDocument.parse("the token server's answer", body.getBytes(StandardCharsets.UTF_8));
      String text = document.text("token");
      text = text.isEmpty() ? document.text("access_token") : text;
      if (text.isEmpty()) {
        throw new IOException("authorization server did not include a token in the response");
      }
      long seconds = Math.max(DEFAULT_SECONDS, document.number("expires_in").orElse(0L));
      String refresh = document.text("refresh_token");
      return new Token(
          text,
          clock.instant().plusSeconds(seconds),
          refresh.isEmpty() ? Optional.empty() : Optional.of(refresh));
    } catch (InvalidArgument e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
