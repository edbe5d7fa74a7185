package io.jdocker.images;

import java.util.List;

/**
 * Something in the store that is not as it came.
 *
 * @param images names or ids of those that suffer from it
 * @param place a blob's file, or a layer's folder
 * @param path of the file in the layer; empty: the whole
 * @param what is wrong with it
 * @param repaired whether it is as it came again
 */
public record StoreProblem(
    List<String> images, String place, String path, String what, boolean repaired) {
  public StoreProblem {
    images = List.copyOf(images);
  }

  StoreProblem asRepaired() {
    return new StoreProblem(images, place, path, what, true);
  }
}
