package io.jdocker.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of jdocker, as the build wrote it. */
final class ProductVersion {
  private static final String RESOURCE = "version.txt";

  private ProductVersion() {}

  static String read() {
    try (InputStream text = ProductVersion.class.getResourceAsStream(RESOURCE)) {
      if (text == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the build");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
