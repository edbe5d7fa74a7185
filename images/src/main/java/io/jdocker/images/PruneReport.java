package io.jdocker.images;

import java.util.List;

/**
 * What {@code image prune} did.
 *
 * @param spaceReclaimed bytes of the files in deleted layers
 */
public record PruneReport(List<RemovedItem> removed, long spaceReclaimed) {}
