package io.jdocker.cli.http;

import java.io.Closeable;
import java.io.IOException;

/** A stream socket. One thread may read while another writes. */
interface ByteTransport extends Closeable {
  /** Reads what is there, waiting for at least one byte; -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException;

  /** Writes all of it. */
  void write(byte[] source, int offset, int length) throws IOException;

  /** Tells the other side that nothing more will come. */
  void shutdownOutput() throws IOException;
}
