package io.jdocker.cli.build;

import java.io.IOException;

/** Shows how a build gets on. */
interface BuildDisplay {
  /** Takes text of the engine, in the words of Docker's classic builder. */
  void text(String text) throws IOException;

  /** The build has ended; what it says of itself has been told. */
  default void end() throws IOException {}

  /** The build has failed. */
  default void fail(String message) throws IOException {}
}
