package io.jdocker.images.compression;

/**
 * The calls of liblzma that decoding takes, one to one (lzma/container.h, lzma/base.h). All
 * parameters are long, for the reason given at jdocker's libc binding.
 */
public interface LibLzma {
  long lzma_stream_decoder(long stream, long memoryLimit, long flags);

  long lzma_code(long stream, long action);

  void lzma_end(long stream);
}
