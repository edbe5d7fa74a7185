package io.jdocker.network.dns;

import io.jdocker.linux.NativeArena;

/** Native memory for one message at a time. On the loop's thread only. */
final class Buffer implements AutoCloseable {
  /** The longest message, with the length in front that TCP has. */
  static final int SIZE = 65537;

  private final NativeArena memory = new NativeArena();
  private final long address = memory.allocate(SIZE);

  long address() {
    return address;
  }

  /** Puts a message there; its address. */
  long hold(byte[] message) {
    NativeArena.putBytes(address, message, 0, message.length);
    return address;
  }

  byte[] copy(int length) {
    return NativeArena.getBytes(address, length);
  }

  @Override
  public void close() {
    memory.close();
  }
}
