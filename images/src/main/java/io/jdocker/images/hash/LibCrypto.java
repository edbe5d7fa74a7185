package io.jdocker.images.hash;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The calls of OpenSSL's libcrypto that hashing takes, one to one (openssl/sha.h). They return 1;
 * the context is plain memory without pointers, so it may lie in a Java array between calls.
 */
public interface LibCrypto {
  void SHA256_Init(@Out byte[] context);

  void SHA256_Update(@In @Out byte[] context, @In byte[] data, long length);

  void SHA256_Final(@Out byte[] digest, @In @Out byte[] context);
}
