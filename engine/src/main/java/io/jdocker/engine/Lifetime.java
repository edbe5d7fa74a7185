package io.jdocker.engine;

/** How long what an engine has made is to last. */
public enum Lifetime {
  /**
   * Containers go on when the engine is closed or its process dies; the next engine adopts them.
   */
  PERSISTENT,
  /**
   * Containers, networks and volumes end with the engine, and with its process however that ends,
   * {@code kill -9} included. Images stay. What lies in the root from before is removed at the
   * opening: the root belongs to such engines alone.
   */
  PROCESS
}
