package com.kenai.jffi;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The calls of a unix stream socket: socket(2), connect(2), read(2), write(2), shutdown(2),
 * close(2).
 *
 * <p>Bound to jffi 1.3.13, the version this project fixes; with another the constructor is missing
 * or the library says no, and the caller uses java.nio. Thread-safe.
 */
public final class StreamSocketCalls {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM_CLOEXEC = 1 | 02000000;
  private static final int SHUT_WR = 1;
  private static final int EINTR = 4;

  /** sizeof(sun_path), the closing zero included: unix(7). */
  private static final int LONGEST_PATH = 108;

  private static final int LARGEST_TRANSFER = 64 * 1024;

  private final long threeWords;
  private final long socket;
  private final long connect;
  private final long read;
  private final long write;
  private final long shutdown;
  private final long close;

  private StreamSocketCalls(long threeWords) {
    this.threeWords = threeWords;
    this.socket = Foreign.dlsym(0, "socket");
    this.connect = Foreign.dlsym(0, "connect");
    this.read = Foreign.dlsym(0, "read");
    this.write = Foreign.dlsym(0, "write");
    this.shutdown = Foreign.dlsym(0, "shutdown");
    this.close = Foreign.dlsym(0, "close");
  }

  /** The calls, when the launcher told where the unpacked library is and it fits this class. */
  public static Optional<StreamSocketCalls> load() {
    String directory = System.getProperty("jffi.boot.library.path", "");
    File library = new File(directory, "libjffi-1.2.so");
    if (directory.isEmpty() || !library.canRead()) {
      return Optional.empty();
    }
    try {
      System.load(library.getPath());
      Constructor<Foreign> constructor = Foreign.class.getDeclaredConstructor();
      constructor.setAccessible(true);
      Foreign foreign = constructor.newInstance();
      Method init = Foreign.class.getDeclaredMethod("init");
      init.setAccessible(true);
      init.invoke(foreign);
      long word = foreign.lookupBuiltinType(Foreign.TYPE_SINT64);
      long context = foreign.newCallContext(word, new long[] {word, word, word}, 0);
      return Optional.of(new StreamSocketCalls(context));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty(); // another jffi: java.nio does the same more slowly
    }
  }

  /**
   * A connected socket.
   *
   * @throws IOException when nobody listens there
   */
  public int connect(String path) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length >= LONGEST_PATH) {
      throw new IOException("path of the unix socket is too long: " + path);
    }
    int descriptor = check(call(socket, AF_UNIX, SOCK_STREAM_CLOEXEC, 0), "socket", path);
    byte[] address = new byte[2 + name.length + 1];
    address[0] = AF_UNIX;
    System.arraycopy(name, 0, address, 2, name.length);
    long memory = Foreign.allocateMemory(address.length, true);
    try {
      Foreign.putByteArray(memory, address, 0, address.length);
      check(call(connect, descriptor, memory, address.length), "connect", path);
      return descriptor;
    } catch (IOException e) {
      close(descriptor);
      throw e;
    } finally {
      Foreign.freeMemory(memory);
    }
  }

  /** read(2): the count, 0 at the end. */
  public int read(int descriptor, byte[] target, int offset, int length) throws IOException {
    int most = Math.min(length, LARGEST_TRANSFER);
    long memory = Foreign.allocateMemory(most, false);
    try {
      int count = check(call(read, descriptor, memory, most), "read", "socket");
      Foreign.getByteArray(memory, target, offset, count);
      return count;
    } finally {
      Foreign.freeMemory(memory);
    }
  }

  /** write(2): the count, which may be less than asked for. */
  public int write(int descriptor, byte[] source, int offset, int length) throws IOException {
    int most = Math.min(length, LARGEST_TRANSFER);
    long memory = Foreign.allocateMemory(most, false);
    try {
      Foreign.putByteArray(memory, source, offset, most);
      return check(call(write, descriptor, memory, most), "write", "socket");
    } finally {
      Foreign.freeMemory(memory);
    }
  }

  public void shutdownOutput(int descriptor) throws IOException {
    check(call(shutdown, descriptor, SHUT_WR, 0), "shutdown", "socket");
  }

  /** close(2): the descriptor is gone whatever it answers. */
  public void close(int descriptor) {
    Foreign.invokeL3(threeWords, close, descriptor, 0, 0);
  }

  /**
   * Calls, again after EINTR. The functions return an int or a long, so only the low 32 bits of the
   * former say something: no count here is larger.
   */
  private int call(long function, long a, long b, long c) {
    while (true) {
      int result = (int) Foreign.invokeL3(threeWords, function, a, b, c);
      if (result >= 0) {
        return result;
      }
      int errno = Foreign.getLastError();
      if (errno != EINTR) {
        return -errno;
      }
    }
  }

  private static int check(int result, String call, String operand) throws IOException {
    if (result < 0) {
      throw new IOException(call + " " + operand + ": errno " + -result);
    }
    return result;
  }
}
