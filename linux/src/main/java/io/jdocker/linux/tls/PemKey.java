package io.jdocker.linux.tls;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key as openssl writes it. */
public final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:RSA )?PRIVATE KEY)-----([^-]+)-----END \\1-----");

  /** RFC 5958: version 0, and the algorithm rsaEncryption without parameters. */
  private static final byte[] RSA_HEAD =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  private PemKey() {}

  /**
   * Reads PKCS #8, or PKCS #1 for RSA.
   *
   * @param name for the error
   * @throws InvalidArgument when it is neither, encrypted keys included
   */
  public static PrivateKey read(String name, String text, String algorithm)
      throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new InvalidArgument(
          name
              + " holds no unencrypted key in PKCS #8: convert it with"
              + " openssl pkcs8 -topk8 -nocrypt");
    }
    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
    boolean bare = block.group(1).startsWith("RSA");
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(bare ? wrap(der) : der));
  }

  /** PKCS #8 is PKCS #1 with the algorithm's name before it. */
  private static byte[] wrap(byte[] rsa) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA_HEAD);
    inner.writeBytes(element(OCTETS, rsa));
    return element(SEQUENCE, inner.toByteArray());
  }

  /** Tag, length in DER's long form of two bytes (a key is never longer), content. */
  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
