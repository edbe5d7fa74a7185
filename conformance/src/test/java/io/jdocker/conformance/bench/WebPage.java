package io.jdocker.conformance.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What the tests ask their servers for. */
final class WebPage {
  static final int TESTS = 50;

  private WebPage() {}

  static String get(String host, int port) throws IOException {
    try (InputStream page =
        URI.create("http://" + host + ":" + port + "/index.html").toURL().openStream()) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
