package io.jdocker.images.change;

/**
 * A path that differs from the image.
 *
 * @param path absolute
 */
public record Change(Kind kind, String path) {
  /** How it differs. */
  public enum Kind {
    MODIFIED(0),
    ADDED(1),
    DELETED(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** The number that Docker's API has for it. */
    public int number() {
      return number;
    }
  }
}
