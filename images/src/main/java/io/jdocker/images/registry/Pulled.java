package io.jdocker.images.registry;

import io.jdocker.images.Digest;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;

/**
 * What a pull has brought.
 *
 * @param digest under which the registry has it: of the index where there is one
 * @param newer false when the name led to that image before
 */
public record Pulled(ImageReference reference, Image image, Digest digest, boolean newer) {}
