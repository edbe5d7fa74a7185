package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DescriptorTest {
  private static final Digest DIGEST = Digest.of(new byte[] {1});

  /** A descriptor in which fields are replaced or, with an empty value, left out. */
  private static Descriptor read(String more) {
    String json = "{\"mediaType\":\"t\",\"digest\":\"" + DIGEST + "\",\"size\":7" + more + "}";
    return of(json);
  }

  private static Descriptor of(String json) {
    return Descriptor.read(JsonDocument.parse("layers[3]", json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theShortestHasTypeDigestAndSize() {
    assertEquals(new Descriptor("t", DIGEST, 7), read(""));
  }

  @Test
  void theLongestHasAnnotationsAndAPlatform() {
    Descriptor descriptor =
        read(
            ",\"annotations\":{\"a\":\"b\"},\"urls\":[\"http://x\"],\"data\":\"e30=\","
                + "\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\","
                + "\"os.version\":\"10\",\"features\":[\"x\"]}");
    assertEquals(Map.of("a", "b"), descriptor.annotations());
    assertEquals(Optional.of(new Platform("linux", "arm", "v7")), descriptor.platform());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"os\":\"\"}", "{\"os\":null}"})
  void aPlatformMaySayNothing(String platform) {
    assertEquals(
        Optional.of(new Platform("", "", "")), read(",\"platform\":" + platform).platform());
  }

  @Test
  void aNullIsAsGoodAsNone() {
    Descriptor descriptor = read(",\"platform\":null,\"annotations\":null");
    assertEquals(Optional.empty(), descriptor.platform());
    assertEquals(Map.of(), descriptor.annotations());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | layers[3] has no size",
        "{`size`:-1} | layers[3] has no size",
        "{`size`:`7`} | layers[3]: size is not a whole number",
        "{`size`:7.5} | layers[3]: size is not a whole number",
        "{`size`:18446744073709551616} | layers[3]: size is not a whole number",
        "{`size`:7} | layers[3] has no digest",
        "{`size`:7,`digest`:null} | layers[3] has no digest",
        "{`size`:7,`digest`:7} | layers[3]: digest is not a string",
        "{`size`:7,`digest`:`D`,`mediaType`:7} | layers[3]: mediaType is not a string",
        "{`size`:7,`digest`:`D`,`annotations`:[]} | layers[3].annotations is not a JSON object",
        "{`size`:7,`digest`:`D`,`annotations`:{`a`:1}} | layers[3].annotations: a is not a string",
        "{`size`:7,`digest`:`D`,`platform`:`linux`} | layers[3].platform is not a JSON object",
        "{`size`:7,`digest`:`D`,`platform`:{`os`:1}} | layers[3].platform: os is not a string",
      })
  void whatIsWrongIsNamed(String json, String message) {
    String whole = json.replace('`', '"').replace("\"D\"", "\"" + DIGEST + "\"");
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> of(whole));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:", "sha256:12", "md5:12", "../../etc/passwd", "sha512:12"})
  void aDigestIsOne(String digest) {
    assertThrows(InvalidArgument.class, () -> of("{\"size\":7,\"digest\":\"" + digest + "\"}"));
  }

  @Test
  void anAttestationIsNoImage() {
    assertTrue(
        read(",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}")
            .isAttestation());
    assertTrue(
        read(",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}").isAttestation());
    assertFalse(read("").isAttestation());
    assertFalse(read(",\"annotations\":{\"other\":\"attestation-manifest\"}").isAttestation());
    assertFalse(
        read(",\"platform\":{\"os\":\"linux\",\"architecture\":\"unknown\"}").isAttestation());
  }
}
