package io.jdocker.runtime.bench;

import java.io.IOException;

/** Something that launches containers. */
interface Contestant {
  /**
   * Launches one, and waits until it has ended.
   *
   * @return nanoseconds from before the clone until the command has replaced the child
   */
  long launch(Variant variant) throws IOException;
}
