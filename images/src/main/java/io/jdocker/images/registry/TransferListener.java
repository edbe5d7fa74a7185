package io.jdocker.images.registry;

import io.jdocker.images.Digest;

/**
 * Hears how a pull or push gets on. Called from several threads at once; must not block long. What
 * it throws ends the transfer.
 */
public interface TransferListener {
  /** Hears nothing. */
  TransferListener NONE = new TransferListener() {};

  /** A line about the whole. */
  default void message(String text) {}

  /**
   * A layer's state has changed.
   *
   * @param id twelve hex digits
   * @param status Docker's words: {@code Pull complete}
   */
  default void status(String id, String status) {}

  /**
   * A layer gets on.
   *
   * @param action Docker's word: {@code Downloading}
   * @param current bytes done
   * @param total of how many; 0 where not known
   */
  default void progress(String id, String action, long current, long total) {}

  /** A tag is in the registry. */
  default void pushed(String tag, Digest digest, long size) {}
}
