package io.jdocker.network.etcd;

import java.io.IOException;

/** The store has forgotten the revision that a watch was to go on from: list everything again. */
public final class CompactedException extends IOException {
  private static final long serialVersionUID = 1L;

  CompactedException(long oldest) {
    super("the store has forgotten everything before revision " + oldest);
  }
}
