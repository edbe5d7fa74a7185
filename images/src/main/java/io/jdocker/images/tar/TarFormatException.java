package io.jdocker.images.tar;

import java.io.IOException;

/** The archive is not a tar, or is damaged or cut short. The message says which and where. */
public final class TarFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public TarFormatException(String message) {
    super(message);
  }
}
