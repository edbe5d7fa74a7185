package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class NetworkFailureTest {
  private static final URI URI_ASKED = URI.create("https://reg.example/v2/");

  private static IOException unresolved() {
    ConnectException outer = new ConnectException();
    outer.initCause(new ConnectException().initCause(new UnresolvedAddressException()));
    return outer;
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(unresolved(), "dial tcp: lookup reg.example: no such host"),
        Arguments.of(
            new HttpConnectTimeoutException("HTTP connect timed out"),
            "dial tcp reg.example:443: i/o timeout"),
        Arguments.of(
            new HttpTimeoutException("request timed out"),
            "timeout while waiting for the answer's header"),
        Arguments.of(
            new ConnectException(), "dial tcp reg.example:443: connect: connection refused"),
        Arguments.of(
            new ConnectException("No route to host"),
            "dial tcp reg.example:443: connect: no route to host"),
        Arguments.of(
            new SSLHandshakeException("PKIX path building failed"),
            "tls: PKIX path building failed"),
        Arguments.of(new IOException(), "unexpected EOF"),
        Arguments.of(new EOFException("EOF reached while reading"), "unexpected EOF"),
        Arguments.of(new IOException("HTTP/1.1 header parser received no bytes"), "unexpected EOF"),
        Arguments.of(new IOException("Connection reset"), "Connection reset"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("failures")
  void saysWhatUsersOfDockerKnow(IOException failure, String expected) {
    assertEquals(expected, NetworkFailure.text(failure, URI_ASKED));
  }
}
