package io.jdocker.images;

import java.util.List;

/**
 * An image that a load brought in.
 *
 * @param names familiar names it got, empty when the archive has none for it
 */
public record LoadedImage(Digest id, List<String> names) {}
