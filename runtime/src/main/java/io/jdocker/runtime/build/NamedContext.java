package io.jdocker.runtime.build;

/** What {@code --build-context NAME=..} stands for. */
public sealed interface NamedContext {
  /**
   * A tree that comes in the same archive as the main context.
   *
   * @param folder where it lies there
   */
  record Tree(String folder) implements NamedContext {}

  /** An image of the store, or one that is pulled. */
  record OfImage(String name) implements NamedContext {}
}
