package io.jdocker.linux.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
  private static String pem(String kind, byte[] der) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "EC, 256"})
  void readsPkcs8(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
    assertArrayEquals(
        der, PemKey.read("k", "text before\n" + pem("PRIVATE KEY", der), algorithm).getEncoded());
  }

  @Test
  void readsPkcs1() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    byte[] der = pair.getPrivate().getEncoded();
    // PKCS #8 of RSA is PKCS #1 behind 26 bytes: sequence 4, version 3, algorithm 15, octets 4.
    byte[] bare = Arrays.copyOfRange(der, 26, der.length);
    assertArrayEquals(der, PemKey.read("k", pem("RSA PRIVATE KEY", bare), "RSA").getEncoded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
      })
  void saysHowToConvertWhatItCannotRead(String text) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> PemKey.read("client.key", text, "RSA"));
    assertArrayEquals(
        new boolean[] {true, true},
        new boolean[] {
          refused.getMessage().startsWith("client.key "),
          refused.getMessage().contains("openssl pkcs8 -topk8 -nocrypt")
        });
  }
}
