package io.jdocker.engine;

import java.util.Optional;

/** Something that comes bit by bit, and is waited for. One thread takes; another may close. */
interface Source<T> extends AutoCloseable {
  /** The next, waited for; empty at the end, or once this is closed. */
  Optional<T> next() throws InterruptedException;

  @Override
  void close();
}
