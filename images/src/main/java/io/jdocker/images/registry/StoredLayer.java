package io.jdocker.images.registry;

import io.jdocker.images.Descriptor;
import io.jdocker.images.Digest;
import io.jdocker.images.LayerSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A layer whose blob the store has already, unpacked on another layer. */
record StoredLayer(Descriptor blob, Path file) implements LayerSource {
  @Override
  public Digest digest() {
    return blob.digest();
  }

  @Override
  public long size() {
    return blob.size();
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public void complete() {
    // It is.
  }
}
