package io.jdocker.images.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** What to tell of a connection that failed: the JDK's exceptions often have no words at all. */
final class NetworkFailure {
  private NetworkFailure() {}

  /** In the words that Docker's users know, where the cause is known. */
  static String text(IOException e, URI uri) {
    Authority authority = Authority.of(uri);
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException) {
        return "dial tcp: lookup " + authority.host() + ": no such host";
      }
    }
    if (e instanceof HttpConnectTimeoutException) {
      return "dial tcp " + authority + ": i/o timeout";
    }
    if (e instanceof ConnectException) {
      String reason =
          e.getMessage() == null
              ? "connection refused"
              : e.getMessage().toLowerCase(java.util.Locale.ROOT);
      return "dial tcp " + authority + ": connect: " + reason;
    }
    if (e instanceof HttpTimeoutException) {
      return "timeout while waiting for the answer's header";
    }
    if (e instanceof SSLException) {
      return "tls: " + e.getMessage();
    }
    String message = e.getMessage();
    return message == null || message.contains("EOF") || message.contains("received no bytes")
        ? "unexpected EOF"
        : message;
  }
}
