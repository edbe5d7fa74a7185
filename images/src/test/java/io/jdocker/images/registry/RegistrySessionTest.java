package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import io.jdocker.images.RegistryFixture;
import io.jdocker.images.registry.Credentials.Anonymous;
import io.jdocker.images.registry.Credentials.IdentityToken;
import io.jdocker.images.registry.Credentials.Password;
import io.jdocker.images.registry.Credentials.RegistryToken;
import io.jdocker.images.registry.RegistrySession.Call;
import io.jdocker.images.testing.FakeRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, tokens, redirects and second attempts; above all: who gets to see a secret. */
class RegistrySessionTest {
  private static final String BASIC = "Basic dXNlcjpwOnc="; // user, p:w
  private static final Password USER = new Password("user", "p:w");

  private FakeRegistry registry;
  private FakeRegistry other;
  private final AtomicInteger issued = new AtomicInteger();
  private volatile String valid = "";

  @BeforeEach
  void start() {
    registry = FakeRegistry.start();
    other = FakeRegistry.start();
    registry.blob("content".getBytes(StandardCharsets.UTF_8));
    other.blob("content".getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    registry.close();
    other.close();
  }

  private RegistrySession session(Credentials credentials) {
    return session(credentials, Clock.systemUTC(), false);
  }

  private RegistrySession session(Credentials credentials, Clock clock, boolean mirror) {
    RegistryOptions options =
        RegistryOptions.standard(Map.of())
            .withRetry(RegistryFixture.IMPATIENT)
            .withCertificates(Path.of("/nonexistent"));
    return new RegistrySession(
        new HttpTransport(options),
        new Endpoint(registry.uri(), false, mirror),
        credentials,
        clock);
  }

  private static String get(RegistrySession session, String path) throws IOException {
    URI uri = session.endpoint().resolve(path);
    HttpResponse<InputStream> answer =
        session.send(new Call(session.request(uri), uri, Scope.pull("a/b")));
    try (InputStream body = answer.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String blob() {
    return "/v2/a/b/blobs/"
        + io.jdocker.images.Digest.of("content".getBytes(StandardCharsets.UTF_8));
  }

  /** From now on the registry wants a token of that realm. */
  private void demandToken(String realm) {
    registry.always(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/token")) {
            return issue(exchange);
          }
          String sent = exchange.getRequestHeaders().getFirst("Authorization");
          if (!valid.isEmpty() && ("Bearer " + valid).equals(sent)) {
            return false;
          }
          exchange
              .getResponseHeaders()
              .set(
                  "WWW-Authenticate",
                  "Bearer realm=\"" + realm + "\",service=\"it\",scope=\"repository:a/b:pull\"");
          FakeRegistry.error(exchange, 401, "UNAUTHORIZED", "authentication required");
          return true;
        });
  }

  private boolean issue(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    valid = "t" + issued.incrementAndGet();
    FakeRegistry.answer(
        exchange,
        200,
        "application/json",
        ("{\"access_token\":\"" + valid + "\",\"expires_in\":300}")
            .getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private void demandPassword() {
    registry.always(
        exchange -> {
          if (BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return false;
          }
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"it\"");
          FakeRegistry.error(exchange, 401, "UNAUTHORIZED", "authentication required");
          return true;
        });
  }

  @Test
  void aPasswordIsSentWhenAskedFor() throws IOException {
    demandPassword();
    RegistrySession session = session(USER);
    assertEquals("content", get(session, blob()));
    assertEquals("content", get(session, blob()));
    assertEquals(
        List.of("", BASIC, BASIC),
        registry.asked("GET").stream().map(asked -> asked.field("Authorization")).toList(),
        "never before it is asked for, and then at once");
  }

  @Test
  void withoutOneItIsSaidWhatIsMissing() {
    demandPassword();
    RegistryRefusal refusal =
        assertThrows(RegistryRefusal.class, () -> get(session(new Anonymous()), blob()));
    assertEquals("no basic auth credentials", refusal.getMessage());
    assertTrue(refusal.isDenied());
  }

  @Test
  void aWrongPasswordIsTriedOnce() {
    demandPassword();
    assertThrows(RegistryRefusal.class, () -> get(session(new Password("user", "wrong")), blob()));
    assertEquals(2, registry.asked("GET").size());
  }

  @Test
  void aTokenIsFetchedAndKept() throws IOException {
    demandToken(registry.uri() + "/token?x=1");
    RegistrySession session = session(USER);
    assertEquals("content", get(session, blob()));
    assertEquals("content", get(session, blob()));
    List<FakeRegistry.Asked> tokens = registry.asked("GET /token");
    assertEquals(1, tokens.size());
    assertEquals(
        "GET /token?x=1&service=it&scope=repository%3Aa%2Fb%3Apull&account=user",
        tokens.get(0).line());
    assertEquals(BASIC, tokens.get(0).field("Authorization"));
    assertEquals(
        List.of("", "Bearer t1", "Bearer t1"),
        registry.asked("GET /v2/").stream().map(asked -> asked.field("Authorization")).toList());
  }

  @Test
  void anonymousTokensAreFetchedWithoutAName() throws IOException {
    demandToken(registry.uri() + "/token");
    assertEquals("content", get(session(new Anonymous()), blob()));
    FakeRegistry.Asked token = registry.asked("GET /token").get(0);
    assertEquals("", token.field("Authorization"));
    assertTrue(!token.line().contains("account="), token.line());
  }

  @Test
  void aTokenThatRanOutIsReplacedOnce() throws IOException {
    demandToken(registry.uri() + "/token");
    RegistrySession session = session(USER);
    get(session, blob());
    valid = "revoked";
    assertEquals("content", get(session, blob()));
    assertEquals(2, issued.get());
  }

  @Test
  void aTokenNobodyTakesIsNoLoop() {
    demandToken(registry.uri() + "/token");
    registry.next(
        9,
        "GET /token",
        exchange -> {
          FakeRegistry.answer(
              exchange,
              200,
              "application/json",
              "{\"token\":\"bad\"}".getBytes(StandardCharsets.UTF_8));
          return true;
        });
    assertThrows(RegistryRefusal.class, () -> get(session(USER), blob()));
    assertEquals(1, registry.asked("GET /token").size());
  }

  @Test
  void aTokenIsNotUsedToItsLastSecond() throws IOException {
    demandToken(registry.uri() + "/token");
    MovingClock clock = new MovingClock();
    RegistrySession session = session(USER, clock, false);
    get(session, blob());
    clock.now = clock.now.plusSeconds(296);
    get(session, blob());
    assertEquals(2, issued.get());
  }

  private static final class MovingClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void anIdentityTokenIsExchangedByPost() throws IOException {
    demandToken(registry.uri() + "/token");
    assertEquals("content", get(session(new IdentityToken("id&x")), blob()));
    assertEquals(1, registry.asked("POST /token").size());
    assertEquals(0, registry.asked("GET /token").size());
  }

  @Test
  void aRegistryTokenIsSentAsItIs() throws IOException {
    assertEquals("content", get(session(new RegistryToken("mine")), blob()));
    assertEquals("Bearer mine", registry.asked("GET").get(0).field("Authorization"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectToAnotherHostCarriesNoSecret(int status) throws IOException {
    demandPassword();
    RegistrySession session = session(USER);
    get(session, blob());
    registry.next("GET " + blob(), FakeRegistry.redirecting(status, other.uri() + blob()));
    assertEquals("content", get(session, blob()));
    assertEquals("", other.asked("GET").get(0).field("Authorization"));
  }

  @Test
  void aRedirectAwayAndBackCarriesNoSecretEither() throws IOException {
    demandPassword();
    RegistrySession session = session(USER);
    get(session, blob());
    registry.forget();
    for (int i = 0; i < 2; i++) {
      registry.next("GET " + blob(), FakeRegistry.redirecting(307, other.uri() + "/away"));
      other.next("GET /away", FakeRegistry.redirecting(307, registry.uri() + blob() + "?back"));
    }
    // The tricks are for the first of each pair: what comes back must not be redirected again.
    registry.next("GET " + blob() + "?back", exchange -> refuse(exchange));
    assertThrows(RegistryRefusal.class, () -> get(session, blob()));
    assertTrue(
        registry.asked("GET " + blob() + "?back").stream()
            .allMatch(asked -> asked.field("Authorization").isEmpty()));
    assertTrue(other.asked("GET").stream().allMatch(a -> a.field("Authorization").isEmpty()));
  }

  private static boolean refuse(HttpExchange exchange) throws IOException {
    FakeRegistry.error(exchange, 403, "DENIED", "no");
    return true;
  }

  @Test
  void aRedirectAtHomeMayBeRelative() throws IOException {
    demandPassword();
    RegistrySession session = session(USER);
    get(session, blob());
    registry.next("GET /v2/old", FakeRegistry.redirecting(302, blob()));
    assertEquals("content", get(session, "/v2/old"));
    assertEquals(BASIC, registry.asked("GET " + blob()).get(2).field("Authorization"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:///etc/passwd", "ftp://x/y", "gopher://x", "http:///nohost"})
  void aRedirectToAnythingButTheWebIsRefused(String location) {
    registry.next("GET", FakeRegistry.redirecting(307, location));
    assertThrows(IOException.class, () -> get(session(USER), blob()));
  }

  @Test
  void redirectsEnd() {
    registry.next(50, "GET", FakeRegistry.redirecting(307, "/v2/round"));
    IOException failure = assertThrows(IOException.class, () -> get(session(USER), "/v2/round"));
    assertTrue(failure.getMessage().contains("more than 5 redirects"), failure.getMessage());
  }

  @Test
  void aMirrorGetsNoCredentials() throws IOException {
    demandToken(registry.uri() + "/token");
    get(session(USER, Clock.systemUTC(), true), blob());
    assertEquals("", registry.asked("GET /token").get(0).field("Authorization"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsAskedAgain(int status) throws IOException {
    registry.next(2, "GET", FakeRegistry.failing(status, "UNAVAILABLE", "later"));
    assertEquals("content", get(session(USER), blob()));
    assertEquals(3, registry.asked("GET").size());
  }

  @Test
  void theServersWishIsFollowedWithinReason() {
    registry.next(
        "GET",
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          FakeRegistry.error(exchange, 429, "TOOMANYREQUESTS", "You have reached your limit");
          return true;
        });
    RegistryRefusal refusal = assertThrows(RegistryRefusal.class, () -> get(session(USER), blob()));
    assertEquals("toomanyrequests: You have reached your limit", refusal.getMessage());
    assertEquals(1, registry.asked("GET").size());
  }

  @Test
  void aConnectionThatBreaksIsTriedAgainAndThenNamed() {
    registry.next(99, "GET", exchange -> true);
    IOException failure = assertThrows(IOException.class, () -> get(session(USER), blob()));
    // The JDK's client makes two of each.
    assertEquals(2 * RegistryFixture.IMPATIENT.attempts(), registry.asked("GET").size());
    assertTrue(
        failure.getMessage().startsWith("Get \"" + registry.uri() + blob() + "\": "),
        failure.getMessage());
  }

  @Test
  void loginProvesThePassword() throws IOException {
    demandPassword();
    assertEquals(Optional.empty(), session(USER).login());
    RegistryRefusal refusal =
        assertThrows(RegistryRefusal.class, () -> session(new Password("user", "wrong")).login());
    assertEquals("unauthorized: authentication required", refusal.getMessage());
  }

  @Test
  void loginBringsAnIdentityTokenWhereThereIsOne() throws IOException {
    demandToken(registry.uri() + "/token");
    registry.next(
        "GET /token",
        exchange -> {
          valid = "t";
          FakeRegistry.answer(
              exchange,
              200,
              "application/json",
              "{\"token\":\"t\",\"refresh_token\":\"keep\"}".getBytes(StandardCharsets.UTF_8));
          return true;
        });
    assertEquals(Optional.of("keep"), session(USER).login());
    assertTrue(registry.asked("GET /token").get(0).line().contains("offline_token=true"));
  }

  @Test
  void secretsAreNotPrinted() {
    for (Credentials credentials :
        List.of(USER, new IdentityToken("p:w"), new RegistryToken("p:w"))) {
      assertTrue(!credentials.toString().contains("p:w"), credentials.toString());
    }
  }
}
