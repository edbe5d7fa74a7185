package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jdocker.images.ImageReference;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointsTest {
  private static final RegistryOptions USUAL = RegistryOptions.standard(Map.of());

  private static Endpoints endpoints(RegistryOptions options) {
    return new Endpoints(options, new HttpTransport(options));
  }

  @Test
  void dockerHubHasAnotherNameThanItsImages() throws IOException {
    Endpoint hub = new Endpoint(URI.create("https://registry-1.docker.io"), true, false);
    assertEquals(hub, endpoints(USUAL).toPush("docker.io"));
    assertEquals(List.of(hub), endpoints(USUAL).toPull("docker.io"));
  }

  @Test
  void mirrorsAreReadFirstInTheirOrderAndNeverWritten() throws IOException {
    RegistryOptions options =
        USUAL.withMirrors(
            List.of(
                URI.create("https://a.example"),
                URI.create("https://b.example:8443/proxy///"),
                URI.create("http://127.0.0.1:5000/")));
    assertEquals(
        List.of(
            new Endpoint(URI.create("https://a.example"), true, true),
            new Endpoint(URI.create("https://b.example:8443/proxy"), true, true),
            new Endpoint(URI.create("http://127.0.0.1:5000"), false, true),
            new Endpoint(URI.create("https://registry-1.docker.io"), true, false)),
        endpoints(options).toPull("docker.io"));
    assertFalse(endpoints(options).toPush("docker.io").mirror());
  }

  @Test
  void mirrorsStandForDockerHubAlone() throws IOException {
    RegistryOptions options = USUAL.withMirrors(List.of(URI.create("https://a.example")));
    assertEquals(
        List.of(new Endpoint(URI.create("https://reg.example:5000"), true, false)),
        endpoints(options).toPull("reg.example:5000"));
  }

  @Test
  void aMirrorTheOperatorTrustsNeedsNoCertificate() throws IOException {
    RegistryOptions options =
        USUAL
            .withMirrors(List.of(URI.create("https://a.example"), URI.create("https://b.example")))
            .withInsecure(List.of("b.example"));
    List<Endpoint> found = endpoints(options).toPull("docker.io");
    assertTrue(found.get(0).verified());
    assertFalse(found.get(1).verified());
  }

  @Test
  void aPlainRegistryOnLoopbackIsFoundAndAskedOnce() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v2/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String domain = "127.0.0.1:" + server.getAddress().getPort();
      Endpoints endpoints = endpoints(USUAL);
      Endpoint found = endpoints.toPush(domain);
      assertEquals(new Endpoint(URI.create("http://" + domain), false, false), found);
      assertSame(found, endpoints.toPush(domain));
      assertEquals(1, asked.get());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatWantsTlsSaysSoWith400() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(400, -1);
          exchange.close();
        });
    server.start();
    try {
      String domain = "127.0.0.1:" + server.getAddress().getPort();
      Endpoint found = endpoints(USUAL).toPush(domain);
      assertEquals(new Endpoint(URI.create("https://" + domain), false, false), found);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aPortWhereNobodyListensIsAFailureThatIsNotRemembered() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Endpoints endpoints = endpoints(USUAL);
    assertThrows(ConnectException.class, () -> endpoints.toPush("127.0.0.1:" + port));
    assertThrows(ConnectException.class, () -> endpoints.toPush("127.0.0.1:" + port));
  }

  @Test
  void anAddressOfTheApiIsBelowTheBase() {
    Endpoint mirror = new Endpoint(URI.create("https://m.example/proxy"), true, true);
    assertEquals(
        URI.create("https://m.example/proxy/v2/a/b/tags/list?n=9"),
        mirror.resolve("/v2/a/b/tags/list?n=9"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "https://reg.example/v2/, true",
    "https://reg.example:443/x, true",
    "HTTPS://REG.example/, true",
    "http://reg.example/, false",
    "http://reg.example:443/, false",
    "https://reg.example:444/, false",
    "https://reg.example.evil/, false",
    "https://evil.example/reg.example, false",
    "https://reg.example@evil.example/, false",
    "https://sub.reg.example/, false",
  })
  void credentialsStayWithTheRegistry(String uri, boolean home) {
    Endpoint endpoint = new Endpoint(URI.create("https://reg.example"), true, false);
    assertEquals(home, endpoint.isHome(URI.create(uri)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reg.example:0", "reg.example:65536", "reg.example:99999999999"})
  void anImagesNameMayHoldAPortThatIsNone(String domain) {
    String name = ImageReference.parse(domain + "/app").domain();
    assertThrows(InvalidArgument.class, () -> endpoints(USUAL).toPull(name));
  }
}
