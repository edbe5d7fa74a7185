package io.jdocker.images;

/**
 * A container that was made from an image.
 *
 * @param containerId in full
 */
public record ImageUse(String containerId, Digest image, boolean running) {
  private static final int SHORT_LENGTH = 12;

  String shortContainerId() {
    return containerId.substring(0, Math.min(SHORT_LENGTH, containerId.length()));
  }
}
