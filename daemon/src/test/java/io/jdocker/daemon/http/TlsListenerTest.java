package io.jdocker.daemon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.daemon.json.Json;
import io.jdocker.linux.testing.TestAuthority;
import io.jdocker.linux.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not do what TLS wants, beside one that does. */
class TlsListenerTest {
  private static final String PING = "GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n";

  @TempDir Path folder;
  private HttpServer server;
  private InetSocketAddress address;

  @BeforeEach
  void certifyAndStart() throws Exception {
    TestAuthority.in(folder).issue("both", "ec", "localhost");
    start(Duration.ofSeconds(60));
  }

  private void start(Duration requestTime) throws IOException {
    TlsListener listener =
        TlsListener.bind(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), own().context(), true);
    address = (InetSocketAddress) listener.address();
    HttpLimits limits = new HttpLimits(4096, 20, 1000, 50, requestTime);
    Router router = new Router().add("GET", "/ping", x -> x.text(200, "pong"));
    server = HttpServer.start(List.of(listener), router, new Json(), limits, Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private TlsFiles own() {
    return new TlsFiles(
        Optional.of(folder.resolve("ca.pem")),
        Optional.of(folder.resolve("both.pem")),
        Optional.of(folder.resolve("both.key")));
  }

  private Socket connect() throws IOException {
    return new Socket(address.getAddress(), address.getPort());
  }

  private String ping(TlsFiles files) throws IOException {
    try (Socket socket =
        files.context().getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(PING.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @Test
  void aClientWithACertificateIsAnsweredAndToldOfTheEnd() throws IOException {
    assertTrue(ping(own()).endsWith("\r\n\r\npong"));
  }

  @Test
  void aClientWithoutACertificateIsNot() {
    TlsFiles stranger = new TlsFiles(own().authority(), Optional.empty(), Optional.empty());
    assertThrows(IOException.class, () -> ping(stranger));
  }

  @Test
  void plainHttpIsNotAnsweredInPlain() throws IOException {
    try (Socket plain = connect()) {
      plain.getOutputStream().write(PING.getBytes(US_ASCII));
      String said = new String(plain.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(!said.contains("HTTP/"), said);
    }
    assertTrue(ping(own()).endsWith("pong"), "others are served");
  }

  @Test
  void aSilentClientHoldsUpNobody() throws IOException {
    try (Socket silent = connect()) {
      assertTrue(ping(own()).endsWith("pong"));
      assertTrue(silent.isConnected());
    }
  }

  /** After the time that a request may take. */
  @Test
  void aSilentClientIsCutOff() throws IOException {
    server.close();
    start(Duration.ofMillis(200));
    try (Socket silent = connect()) {
      assertEquals(-1, silent.getInputStream().read());
    }
  }
}
