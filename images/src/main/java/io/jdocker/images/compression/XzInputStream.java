package io.jdocker.images.compression;

import io.jdocker.images.stream.BlockInput;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.failure.Unsupported;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import jnr.ffi.LibraryLoader;

/** Decodes .xz through the host's liblzma, which every Debian has because dpkg needs it. */
final class XzInputStream extends BlockInput {
  private static final int BUFFER = 1 << 16;

  // struct lzma_stream of lzma/base.h on a 64-bit machine.
  private static final int STREAM_SIZE = 136;
  private static final int NEXT_IN = 0;
  private static final int AVAIL_IN = 8;
  private static final int NEXT_OUT = 24;
  private static final int AVAIL_OUT = 32;

  private static final int CONCATENATED = 0x08;
  private static final int RUN = 0;
  private static final int FINISH = 3;
  private static final int OK = 0;
  private static final int STREAM_END = 1;
  private static final int MEMLIMIT_ERROR = 6;

  // "xz -9" decodes in 65 MiB; a header may claim 4 GiB.
  private static final long MEMORY_LIMIT = 128L << 20;

  private final LibLzma lzma;
  private final InputStream in;
  private final NativeArena arena = new NativeArena();
  private final long stream = arena.allocate(STREAM_SIZE);
  private final long input = arena.allocate(BUFFER);
  private final long output = arena.allocate(BUFFER);
  private final byte[] transfer = new byte[BUFFER];
  private boolean inputEnded;
  private boolean ended;
  private boolean closed;

  private XzInputStream(LibLzma lzma, InputStream in) throws IOException {
    this.lzma = lzma;
    this.in = in;
    check(lzma.lzma_stream_decoder(stream, MEMORY_LIMIT, CONCATENATED));
  }

  static InputStream open(InputStream in) throws IOException {
    try {
      return new XzInputStream(LibraryLoader.create(LibLzma.class).load("liblzma.so.5"), in);
    } catch (UnsatisfiedLinkError e) {
      throw new Unsupported(
          "cannot read xz: the library liblzma.so.5 is missing; install it (Debian: liblzma5)", e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int room = Math.min(length, BUFFER);
    NativeArena.putLong(stream + NEXT_OUT, output);
    NativeArena.putLong(stream + AVAIL_OUT, room);
    while (!ended && NativeArena.getLong(stream + AVAIL_OUT) == room) {
      fill();
      check(lzma.lzma_code(stream, inputEnded ? FINISH : RUN));
    }
    int count = room - (int) NativeArena.getLong(stream + AVAIL_OUT);
    NativeArena.getBytes(output, buffer, offset, count);
    return count == 0 ? -1 : count;
  }

  private void fill() throws IOException {
    if (inputEnded || NativeArena.getLong(stream + AVAIL_IN) > 0) {
      return;
    }
    int count = in.read(transfer);
    inputEnded = count < 0;
    if (count > 0) {
      NativeArena.putBytes(input, transfer, 0, count);
      NativeArena.putLong(stream + NEXT_IN, input);
      NativeArena.putLong(stream + AVAIL_IN, count);
    }
  }

  private void check(long status) throws IOException {
    switch ((int) status) {
      case OK -> {}
      case STREAM_END -> ended = true;
      case MEMLIMIT_ERROR ->
          throw new IOException(
              "xz data wants more than " + (MEMORY_LIMIT >> 20) + " MiB to decode");
      default -> {
        if (inputEnded) {
          throw new EOFException("xz data is cut short");
        }
        throw new IOException("damaged xz data (liblzma status " + status + ")");
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      lzma.lzma_end(stream);
      arena.close();
      in.close();
    }
  }
}
