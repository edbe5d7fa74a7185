package io.jdocker.linux;

import com.kenai.jffi.MemoryIO;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Native memory for the operands of system calls, freed together on close. Addresses are plain
 * longs, as the kernel sees them. One thread at a time.
 */
public final class NativeArena implements AutoCloseable {
  private static final MemoryIO MEMORY = MemoryIO.getInstance();

  private final List<Long> blocks = new ArrayList<>(4);

  /** Zeroed memory of the given size in bytes, aligned as malloc(3) does (16 bytes). */
  public long allocate(long size) {
    long address = MEMORY.allocateMemory(Math.max(size, 1), true);
    if (address == 0) {
      throw new OutOfMemoryError("native memory: " + size + " bytes");
    }
    blocks.add(address);
    return address;
  }

  /** A copy of the bytes. */
  public long bytes(byte[] content) {
    long address = allocate(content.length);
    MEMORY.putByteArray(address, content, 0, content.length);
    return address;
  }

  /**
   * The text as a NUL-terminated UTF-8 string. A text with a NUL inside is refused: the kernel
   * would silently see only its head.
   */
  public long string(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    for (byte b : content) {
      if (b == 0) {
        throw new IllegalArgumentException("text for the kernel contains a NUL byte");
      }
    }
    long address = allocate(content.length + 1L);
    MEMORY.putByteArray(address, content, 0, content.length);
    return address;
  }

  /** A NULL-terminated array of strings, as execve(2) takes it. */
  public long strings(List<String> texts) {
    long array = allocate(8L * (texts.size() + 1));
    for (int i = 0; i < texts.size(); i++) {
      putLong(array + 8L * i, string(texts.get(i)));
    }
    return array;
  }

  public static void putLong(long address, long value) {
    MEMORY.putLong(address, value);
  }

  public static void putInt(long address, int value) {
    MEMORY.putInt(address, value);
  }

  public static void putShort(long address, short value) {
    MEMORY.putShort(address, value);
  }

  public static void putBytes(long address, byte[] content, int offset, int length) {
    MEMORY.putByteArray(address, content, offset, length);
  }

  public static long getLong(long address) {
    return MEMORY.getLong(address);
  }

  public static int getInt(long address) {
    return MEMORY.getInt(address);
  }

  public static short getShort(long address) {
    return MEMORY.getShort(address);
  }

  public static byte[] getBytes(long address, int length) {
    byte[] content = new byte[length];
    MEMORY.getByteArray(address, content, 0, length);
    return content;
  }

  public static void getBytes(long address, byte[] into, int offset, int length) {
    MEMORY.getByteArray(address, into, offset, length);
  }

  /** The NUL-terminated string at the address, at most {@code limit} bytes of it. */
  public static String getString(long address, int limit) {
    byte[] content = MEMORY.getZeroTerminatedByteArray(address, limit);
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    blocks.forEach(MEMORY::freeMemory);
    blocks.clear();
  }
}
