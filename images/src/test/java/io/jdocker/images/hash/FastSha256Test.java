package io.jdocker.images.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's hash against the JDK's and the vectors of FIPS 180-4. */
class FastSha256Test {
  @Test
  void theMachineHasOne() {
    assertInstanceOf(FastSha256.class, FastSha256.start(), "needs libssl3 or libssl1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  })
  void knowsTheStandardsVectors(String text, String hex) {
    byte[] digest =
        FastSha256.start().digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(hex, HexFormat.of().formatHex(digest));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 55, 56, 63, 64, 65, 65_535, 65_536, 65_537, 131_072, 1_000_003})
  void agreesWithTheJdkHoweverItIsFed(int size) {
    byte[] content = new byte[size];
    Random random = new Random(size);
    random.nextBytes(content);
    MessageDigest fast = FastSha256.start();
    for (int at = 0; at < size; ) {
      int count = Math.min(size - at, 1 + random.nextInt(100_000));
      if (count == 1) {
        fast.update(content[at]);
      } else {
        fast.update(content, at, count);
      }
      at += count;
    }
    assertArrayEquals(FastSha256.jdk().digest(content), fast.digest());
  }

  @Test
  void byteByByteIsTheSame() {
    MessageDigest fast = FastSha256.start();
    byte[] content = new byte[70_000];
    for (byte b : content) {
      fast.update(b);
    }
    assertArrayEquals(FastSha256.jdk().digest(content), fast.digest());
  }

  @Test
  void canBeUsedAgain() throws DigestException {
    MessageDigest fast = FastSha256.start();
    fast.update(new byte[] {1, 2, 3});
    fast.reset();
    fast.update("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    byte[] first = fast.digest();
    fast.update("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    byte[] target = new byte[40];
    assertEquals(32, fast.digest(target, 8, 32));
    assertArrayEquals(first, java.util.Arrays.copyOfRange(target, 8, 40));
    assertThrows(DigestException.class, () -> fast.digest(target, 0, 31));
  }

  @Test
  void twoAtOnceDoNotMix() {
    MessageDigest one = FastSha256.start();
    MessageDigest two = FastSha256.start();
    byte[] a = new byte[100_000];
    byte[] b = new byte[100_000];
    b[5] = 1;
    for (int at = 0; at < a.length; at += 1000) {
      one.update(a, at, 1000);
      two.update(b, at, 1000);
    }
    assertArrayEquals(FastSha256.jdk().digest(a), one.digest());
    assertArrayEquals(FastSha256.jdk().digest(b), two.digest());
  }
}
