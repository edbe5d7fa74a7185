package io.jdocker.images;

import java.util.List;

/**
 * An image found in an archive, not brought in yet.
 *
 * @param config its configuration
 * @param layers its layers, base first
 */
record ArchivedImage(StagedBlob config, List<StagedBlob> layers, List<ImageReference> names) {}
