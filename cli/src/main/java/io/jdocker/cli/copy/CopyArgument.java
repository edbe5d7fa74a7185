package io.jdocker.cli.copy;

import java.util.Optional;

/**
 * One side of a copy.
 *
 * @param container empty: a file of this machine
 */
record CopyArgument(Optional<String> container, String path) {
  /** Reads {@code CONTAINER:PATH} or a local path, which may hold a colon behind "./" or "/". */
  static CopyArgument parse(String text) {
    int colon = text.indexOf(':');
    boolean local = text.startsWith("/") || text.startsWith(".") || colon < 0;
    return local
        ? new CopyArgument(Optional.empty(), text)
        : new CopyArgument(Optional.of(text.substring(0, colon)), text.substring(colon + 1));
  }
}
