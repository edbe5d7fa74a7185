package io.jdocker.cli.http;

import com.kenai.jffi.StreamSocketCalls;
import java.io.IOException;
import java.util.Optional;

/**
 * A unix socket by libc's own calls, through jffi's native methods: java.nio's first unix socket
 * costs 30 ms, because it starts the security providers (for names it never uses here).
 */
final class NativeTransport implements ByteTransport {
  private final StreamSocketCalls calls;
  private final int descriptor;
  private boolean isClosed;

  private NativeTransport(StreamSocketCalls calls, int descriptor) {
    this.calls = calls;
    this.descriptor = descriptor;
  }

  /**
   * Connects.
   *
   * @return empty when the native calls cannot be used here
   * @throws IOException when nobody listens
   */
  static Optional<ByteTransport> connect(String path) throws IOException {
    Optional<StreamSocketCalls> calls = StreamSocketCalls.load();
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new NativeTransport(calls.get(), calls.get().connect(path)));
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = calls.read(descriptor, target, offset, length);
    return count == 0 ? -1 : count;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      done += calls.write(descriptor, source, offset + done, length - done);
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    calls.shutdownOutput(descriptor);
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      calls.close(descriptor);
    }
  }
}
