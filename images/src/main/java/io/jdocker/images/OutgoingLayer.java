package io.jdocker.images;

import io.jdocker.images.compression.Compression;
import java.nio.file.Path;

/**
 * A layer as a push finds it.
 *
 * @param diffId digest of its uncompressed tar
 * @param blob digest of its tar as it is kept
 * @param size bytes of the blob
 * @param compression of the blob
 * @param file where the blob lies
 */
public record OutgoingLayer(
    Digest diffId, Digest blob, long size, Compression compression, Path file) {}
