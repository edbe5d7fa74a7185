package io.jdocker.images;

import io.jdocker.images.compression.Compression;
import java.util.Optional;

/**
 * An unpacked layer, which images and containers share.
 *
 * @param chainId of this layer and all below it: its key
 * @param diffId digest of its uncompressed tar
 * @param blob digest of its tar as it is kept
 * @param compression of the blob
 * @param blobSize bytes of the blob
 * @param size bytes of the files in it
 * @param directory name of its folder in {@code l/}
 */
record Layer(
    Digest chainId,
    Optional<Digest> parent,
    Digest diffId,
    Digest blob,
    Compression compression,
    long blobSize,
    long size,
    String directory) {

  /** The key of a layer on top of another (OCI image-spec config.md, "Layer ChainID"). */
  static Digest chainId(Optional<Digest> parent, Digest diffId) {
    return parent
        .map(
            p -> Digest.of((p + " " + diffId).getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .orElse(diffId);
  }
}
