package io.jdocker.daemon.http;

import java.io.Closeable;
import java.io.IOException;

/** Where clients come in. */
public interface Listener extends Closeable {
  /**
   * Waits for the next client.
   *
   * @throws java.nio.channels.ClosedChannelException when this is closed
   */
  ClientSocket accept() throws IOException;

  /** Nobody comes in any more; a waiting {@link #accept} ends. */
  @Override
  void close() throws IOException;
}
