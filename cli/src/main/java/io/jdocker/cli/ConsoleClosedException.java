package io.jdocker.cli;

import java.io.IOException;

/** Standard output or error has nobody who reads it any more: {@code jdocker logs x | head}. */
final class ConsoleClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  ConsoleClosedException(IOException cause) {
    super(cause);
  }
}
