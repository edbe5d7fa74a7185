package io.jdocker.images;

import java.util.List;

/**
 * What the end of a build cache gave back.
 *
 * @param steps keys of the forgotten steps
 * @param reclaimed bytes of files
 */
public record BuildCachePrune(List<Digest> steps, long reclaimed) {
  public BuildCachePrune {
    steps = List.copyOf(steps);
  }
}
