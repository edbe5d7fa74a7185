package io.jdocker.images.registry;

import io.jdocker.images.Digest;
import io.jdocker.images.ManifestDocument;

/** A manifest or index, byte for byte as a registry has served it. */
final class ServedManifest {
  private final byte[] content;
  private final Digest digest;
  private final String mediaType;

  /**
   * @param mediaType as the answer's head says; empty for none
   */
  ServedManifest(byte[] content, Digest digest, String mediaType) {
    this.content = content.clone();
    this.digest = digest;
    this.mediaType = mediaType;
  }

  byte[] content() {
    return content.clone();
  }

  int size() {
    return content.length;
  }

  Digest digest() {
    return digest;
  }

  /** What it says. */
  ManifestDocument document() {
    return ManifestDocument.read("manifest " + digest, content, mediaType);
  }
}
