package io.jdocker.images;

import java.util.List;

/**
 * What an image is made of.
 *
 * @param layers base first
 * @param visible bytes of the files that a container sees
 * @param wasted bytes of files that upper layers replace or delete
 */
public record ExplainedImage(Image image, List<ExplainedLayer> layers, long visible, long wasted) {
  public ExplainedImage {
    layers = List.copyOf(layers);
  }
}
