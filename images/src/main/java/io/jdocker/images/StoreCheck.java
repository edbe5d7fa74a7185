package io.jdocker.images;

import java.util.List;

/**
 * What a look at the whole store has found.
 *
 * @param files how many were compared
 * @param bytes of files and blobs that were read
 */
public record StoreCheck(
    int images, int layers, long files, long bytes, List<StoreProblem> problems) {
  public StoreCheck {
    problems = List.copyOf(problems);
  }
}
