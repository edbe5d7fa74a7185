package io.jdocker.images;

import java.nio.file.Path;

/**
 * One layer of an image.
 *
 * @param chainId its key: this layer and all below it
 * @param diffId digest of its uncompressed tar
 * @param size bytes of the files in it
 * @param folder where it is unpacked
 */
public record ImageLayer(Digest chainId, Digest diffId, long size, Path folder) {}
