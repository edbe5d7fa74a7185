package io.jdocker.daemon.http;

import java.io.IOException;

/** Answers one kind of request. Called on the connection's thread, for many connections at once. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers through the exchange, exactly once.
   *
   * @throws io.jdocker.linux.failure.EngineException for an error that the client is told
   * @throws IOException when the client does not read or write any more
   */
  void handle(Exchange exchange) throws IOException;
}
