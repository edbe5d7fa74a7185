package io.jdocker.images;

/**
 * What a layer that the store keeps uncompressed has become in a push. Compressing it again gives
 * the same bytes, so that a registry can be asked for it without doing so.
 */
public record CompressedBlob(Digest diffId, Digest blob, long size) {}
