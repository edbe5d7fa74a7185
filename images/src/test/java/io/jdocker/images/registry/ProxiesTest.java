package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final Map<String, String> BOTH =
      Map.of(
          "HTTP_PROXY", "http://plain:3128",
          "https_proxy", "http://user:p%40ss@tls:8080",
          "NO_PROXY", "internal.example, .corp.example,10.0.0.1:5000, *.x");

  @ParameterizedTest
  @CsvSource({
    "http://reg.example/v2/, plain",
    "https://reg.example/v2/, tls",
    "https://internal.example/, direct",
    "https://deep.internal.example/, direct",
    "https://notinternal.example/, tls",
    "https://reg.corp.example/, direct",
    "https://corp.example/, direct",
    "http://10.0.0.1:5000/, direct",
    "http://10.0.0.1:5001/, plain",
    "http://127.0.0.1:5000/, direct",
    "http://localhost:5000/, direct",
    "http://[::1]:5000/, direct"
  })
  void chooses(URI uri, String expected) {
    Optional<URI> proxy = new Proxies(BOTH).of(uri);
    assertEquals(expected, proxy.map(URI::getHost).orElse("direct"));
  }

  @Test
  void tellsTheClientHostAndPort() {
    Proxy proxy = new Proxies(BOTH).select(URI.create("https://reg.example/")).get(0);
    assertEquals(8080, ((InetSocketAddress) proxy.address()).getPort());
    assertEquals(
        List.of(Proxy.NO_PROXY), new Proxies(Map.of()).select(URI.create("https://reg.example/")));
  }

  @Test
  void theProxysPasswordIsForTheProxyAlone() {
    Proxies proxies = new Proxies(BOTH);
    assertEquals(
        Optional.of("Basic dXNlcjpwQHNz"),
        proxies.authorization(URI.create("https://reg.example/")));
    assertEquals(Optional.empty(), proxies.authorization(URI.create("http://reg.example/")));
    assertEquals(Optional.empty(), proxies.authorization(URI.create("https://internal.example/")));
  }

  @Test
  void aStarMeansNoProxyAtAll() {
    Proxies proxies = new Proxies(Map.of("http_proxy", "p:1", "no_proxy", "*"));
    assertEquals(Optional.empty(), proxies.of(URI.create("http://reg.example/")));
  }

  @Test
  void lowerCaseWinsAndASchemeIsNotNeeded() {
    Proxies proxies = new Proxies(Map.of("http_proxy", "lower:1", "HTTP_PROXY", "upper:2"));
    assertEquals("lower", proxies.of(URI.create("http://reg.example/")).orElseThrow().getHost());
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThrows(InvalidArgument.class, () -> new Proxies(Map.of("http_proxy", "http://a b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fd00::/8", "host:x", "host:", "host:99999999999", "[::1"})
  void anExceptionOfAnotherFormExceptsNothing(String odd) {
    Proxies proxies =
        new Proxies(
            Map.of("https_proxy", "http://proxy:3128", "no_proxy", odd + ",direct.example"));
    assertEquals(
        Optional.of(URI.create("http://proxy:3128")), proxies.of(URI.create("https://a.example/")));
    assertEquals(Optional.empty(), proxies.of(URI.create("https://direct.example/")));
  }
}
