package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.registry.Credentials.Password;
import io.jdocker.images.testing.FakeRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dialects of token servers. */
class TokensTest {
  private FakeRegistry server;

  @BeforeEach
  void start() {
    server = FakeRegistry.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Tokens tokens(URI registry) {
    return new Tokens(
        new HttpTransport(RegistryOptions.standard(Map.of())),
        new Endpoint(registry, true, false),
        new Password("u", "secret"),
        Clock.systemUTC());
  }

  private static Challenge challenge(String realm, String scope) {
    return new Challenge("bearer", Map.of("realm", realm, "service", "s", "scope", scope));
  }

  private void answer(int status, String body) {
    server.next(
        "GET",
        exchange -> {
          FakeRegistry.answer(
              exchange, status, "application/json", body.getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"token\":\"a\"}|a",
        "{\"access_token\":\"b\"}|b",
        "{\"token\":\"a\",\"access_token\":\"b\",\"issued_at\":\"2026-01-01T00:00:00Z\"}|a",
        "{\"token\":\"a\",\"expires_in\":null}|a"
      })
  void readsEitherName(String body, String token) throws IOException {
    answer(200, body);
    Tokens tokens = tokens(server.uri());
    assertEquals(
        token, tokens.fetch(challenge(server.uri() + "/t", ""), Scope.pull("x"), false).text());
    assertEquals(token, tokens.kept(Scope.pull("x")).orElseThrow().text());
    assertTrue(tokens.kept(Scope.push("x")).isEmpty(), "one for pulling does not push");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "no", "{\"token\":7}", ""})
  void refusesWhatIsNoToken(String body) {
    answer(200, body);
    assertThrows(
        IOException.class,
        () ->
            tokens(server.uri()).fetch(challenge(server.uri() + "/t", ""), Scope.pull("x"), false));
  }

  @Test
  void aRefusalIsUnauthorized() {
    answer(401, "{\"details\":\"incorrect username or password\"}");
    RegistryRefusal refusal =
        assertThrows(
            RegistryRefusal.class,
            () ->
                tokens(server.uri())
                    .fetch(challenge(server.uri() + "/t", ""), Scope.none(), false));
    assertEquals("unauthorized: incorrect username or password", refusal.getMessage());
    assertEquals("UNAUTHORIZED", refusal.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repository:x:pull|scope=repository%3Ax%3Apull%2Cpush",
        "repository:y:pull|scope=repository%3Ax%3Apull%2Cpush&scope=repository%3Ay%3Apull",
        "registry:catalog:*|scope=repository%3Ax%3Apull%2Cpush&scope=registry%3Acatalog%3A*"
      })
  void asksForWhatIsNeededAndWhatIsDemanded(String demanded, String query) throws IOException {
    answer(200, "{\"token\":\"a\"}");
    tokens(server.uri()).fetch(challenge(server.uri() + "/t", demanded), Scope.push("x"), false);
    String line = server.lines().get(0);
    assertEquals("GET /t?service=s&" + query + "&account=u", line);
  }

  @Test
  void aPasswordGoesToNoPlainRealmOfASecureRegistry() {
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                tokens(URI.create("https://registry.example"))
                    .fetch(challenge(server.uri() + "/t", ""), Scope.pull("x"), false));
    assertTrue(refused.getMessage().contains("plain HTTP"), refused.getMessage());
    assertEquals(List.of(), server.lines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/shadow", "ht tp://x", "ldap://x/y"})
  void aRealmIsAnAddressOfTheWeb(String realm) {
    assertThrows(
        IOException.class,
        () -> tokens(server.uri()).fetch(challenge(realm, ""), Scope.pull("x"), false));
  }
}
