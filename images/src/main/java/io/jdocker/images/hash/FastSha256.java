package io.jdocker.images.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jnr.ffi.LibraryLoader;

/**
 * SHA-256 by the machine's libcrypto, which uses the processor's own instructions. The JDK does so
 * only in code of its second compiler, and the daemon runs without that one to stay small: there it
 * hashes 50 MB in a second, this does it in 50 ms. One thread at a time.
 */
public final class FastSha256 extends MessageDigest {
  private static final String NAME = "SHA-256";
  private static final int SIZE = 32;

  /** sizeof(SHA256_CTX) is 112. */
  private static final int CONTEXT = 128;

  private static final int BUFFER = 1 << 16;

  /** OpenSSL 3, and 1.1 before it. */
  private static final List<String> LIBRARIES = List.of("libcrypto.so.3", "libcrypto.so.1.1");

  private final LibCrypto crypto;
  private final byte[] context = new byte[CONTEXT];
  private final byte[] pending = new byte[BUFFER];
  private int filled;

  /** Loaded with the first stream that is hashed. */
  private static final class Library {
    private static final Optional<LibCrypto> CRYPTO = find();

    private static Optional<LibCrypto> find() {
      return LIBRARIES.stream().flatMap(name -> load(name).stream()).findFirst();
    }

    /** Empty for another version, or none: the JDK does it, too. */
    private static Optional<LibCrypto> load(String name) {
      try {
        LibCrypto crypto = LibraryLoader.create(LibCrypto.class).failImmediately().load(name);
        return Optional.of(crypto).filter(Library::isRight);
      } catch (UnsatisfiedLinkError e) {
        return Optional.empty();
      }
    }

    /** A library of another layout must not decide what content is. */
    private static boolean isRight(LibCrypto crypto) {
      byte[] sample = new byte[1000];
      Arrays.fill(sample, (byte) 'a');
      return Arrays.equals(new FastSha256(crypto).digest(sample), jdk().digest(sample));
    }
  }

  private FastSha256(LibCrypto crypto) {
    super(NAME);
    this.crypto = crypto;
    crypto.SHA256_Init(context);
  }

  /** A hash to feed: the machine's where there is one, else the JDK's. */
  public static MessageDigest start() {
    return Library.CRYPTO.<MessageDigest>map(FastSha256::new).orElseGet(FastSha256::jdk);
  }

  /** The JDK's, for small documents: it needs no library. */
  public static MessageDigest jdk() {
    try {
      return MessageDigest.getInstance(NAME);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  protected int engineGetDigestLength() {
    return SIZE;
  }

  @Override
  protected void engineUpdate(byte input) {
    if (filled == BUFFER) {
      flush();
    }
    pending[filled++] = input;
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == BUFFER) {
        flush();
      }
      int count = Math.min(left, BUFFER - filled);
      System.arraycopy(input, at, pending, filled, count);
      filled += count;
      at += count;
      left -= count;
    }
  }

  private void flush() {
    if (filled > 0) {
      crypto.SHA256_Update(context, pending, filled);
      filled = 0;
    }
  }

  @Override
  protected byte[] engineDigest() {
    flush();
    byte[] digest = new byte[SIZE];
    crypto.SHA256_Final(digest, context);
    engineReset();
    return digest;
  }

  @Override
  protected int engineDigest(byte[] target, int offset, int length) throws DigestException {
    if (length < SIZE) {
      throw new DigestException("a buffer of " + length + " bytes is too short for " + NAME);
    }
    System.arraycopy(engineDigest(), 0, target, offset, SIZE);
    return SIZE;
  }

  @Override
  protected void engineReset() {
    filled = 0;
    crypto.SHA256_Init(context);
  }
}
