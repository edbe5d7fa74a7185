package io.jdocker.daemon.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connected client. One thread may read while another writes. */
interface ClientSocket extends Closeable {
  /** What must be agreed on before the first byte; may wait for the client. */
  default void greet() throws IOException {}

  InputStream input();

  OutputStream output();

  /** Tells the client that nothing more comes, and closes; by the one thread that uses it. */
  default void end() throws IOException {
    close();
  }

  /** Closes both directions at once; a thread that reads or writes gets an IOException. */
  @Override
  void close() throws IOException;
}
