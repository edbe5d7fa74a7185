package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.ManifestDocument.ImageIndex;
import io.jdocker.images.ManifestDocument.ImageManifest;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that are no image's, say two things at once, or miss what they must have. */
final class ManifestRefusalsTest {
  private static final String CONFIG = descriptor(MediaTypes.OCI_CONFIG, 1);

  private static String descriptor(String type, int content) {
    return "{\"mediaType\":\""
        + type
        + "\",\"size\":1,\"digest\":\""
        + Digest.of(new byte[] {(byte) content})
        + "\"}";
  }

  private static ManifestDocument read(String json, String declared) {
    return ManifestDocument.read("m", json.getBytes(StandardCharsets.UTF_8), declared);
  }

  private static String refusal(String json, String declared) {
    return assertThrows(InvalidArgument.class, () -> read(json, declared)).getMessage();
  }

  private static String manifest(String more) {
    return "{\"config\":" + CONFIG + more + "}";
  }

  /** CVE-2021-41190: one reader must not see a manifest where another sees an index. */
  @ParameterizedTest
  @ValueSource(strings = {"\"layers\":[]", "\"config\":{}", "\"layers\":[],\"config\":{}"})
  void cve202141190NothingIsBothIndexAndManifest(String more) {
    assertEquals(
        "m is both index and manifest",
        refusal("{\"manifests\":[]," + more + "}", MediaTypes.OCI_INDEX));
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({
    MediaTypes.OCI_MANIFEST + "," + MediaTypes.DOCKER_MANIFEST,
    MediaTypes.DOCKER_MANIFEST + "," + MediaTypes.OCI_MANIFEST,
    MediaTypes.OCI_MANIFEST + "," + MediaTypes.OCI_INDEX,
    MediaTypes.OCI_INDEX + "," + MediaTypes.OCI_MANIFEST,
    "application/x-other," + MediaTypes.OCI_MANIFEST,
  })
  void aDocumentIsWhatItCameAs(String own, String declared) {
    assertEquals(
        "m says to be \"" + own + "\" but came as \"" + declared + "\"",
        refusal(manifest(",\"mediaType\":\"" + own + "\""), declared));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "application/json", "application/octet-stream", "text/plain"})
  void aServerThatDoesNotKnowTheTypeIsNotBelieved(String declared) {
    String json = manifest(",\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST + "\"");
    assertEquals(MediaTypes.DOCKER_MANIFEST, read(json, declared).mediaType());
  }

  @Test
  void anIndexUnderAManifestsTypeIsNone() {
    assertEquals(
        "m: media type \"" + MediaTypes.OCI_MANIFEST + "\" is not supported",
        refusal("{\"manifests\":[]}", MediaTypes.OCI_MANIFEST));
    assertEquals(
        "m: media type \"" + MediaTypes.OCI_INDEX + "\" is not supported",
        refusal(manifest(""), MediaTypes.OCI_INDEX));
  }

  @Test
  void otherTypesAreNamed() {
    assertEquals(
        "m: media type \"application/x-other\" is not supported",
        refusal(manifest(",\"mediaType\":\"application/x-other\""), ""));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schemaVersion\":1} | ''",
        "{\"schemaVersion\":1,\"fsLayers\":[]} | application/json",
        "{} | application/vnd.docker.distribution.manifest.v1+prettyjws",
        "{\"schemaVersion\":2} | application/vnd.docker.distribution.manifest.v1+json",
      })
  void theFormBeforeDocker110IsToldWhatToDo(String json, String declared) {
    assertEquals(
        "m is of schema version 1, which Docker 28 has given up, too: push the image again with"
            + " Docker 1.10 or later",
        refusal(json, declared));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.cncf.helm.config.v1+json",
        "application/vnd.oci.empty.v1+json",
        "application/vnd.docker.plugin.v1+json",
        ""
      })
  void anArtifactIsNoImage(String type) {
    String json = "{\"config\":" + descriptor(type, 1) + ",\"layers\":[]}";
    assertEquals("m is an artifact of type \"" + type + "\", not an image", refusal(json, ""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | m has no config",
        "{\"config\":null} | m has no config",
        "{\"config\":[]} | m.config is not a JSON object",
        "{\"config\":{}} | m.config has no size",
        "{\"manifests\":{}} | m: manifests is not an array",
        "{\"manifests\":[7]} | m.manifests[0] is not a JSON object",
        "{\"manifests\":[{}]} | m.manifests[0] has no size",
        "{\"mediaType\":7} | m: mediaType is not a string",
        "{\"schemaVersion\":\"2\"} | m: schemaVersion is not a whole number",
        "[] | m is not a JSON object",
      })
  void whatIsMissingOrWrongIsNamed(String json, String message) {
    assertEquals(message, refusal(json, ""));
  }

  @Test
  void eachLayerIsChecked() {
    String good = descriptor("t", 2);
    assertEquals("m.layers[1] has no size", refusal(manifest(",\"layers\":[" + good + ",{}]"), ""));
    assertEquals("m: layers is not an array", refusal(manifest(",\"layers\":{}"), ""));
  }

  @Test
  void anImageMayHaveNoLayerAndTheSameOneTwice() {
    ImageManifest none = assertInstanceOf(ImageManifest.class, read(manifest(""), ""));
    assertEquals(List.of(), none.layers());
    String layer = descriptor("t", 2);
    String json = manifest(",\"layers\":[" + layer + "," + layer + "]");
    ImageManifest twice = assertInstanceOf(ImageManifest.class, read(json, ""));
    assertEquals(2, twice.layers().size());
  }

  @Test
  void whatNobodyKnowsYetIsLeftAlone() {
    String json =
        manifest(
            ",\"schemaVersion\":2,\"subject\":"
                + descriptor("s", 9)
                + ",\"annotations\":{\"a\":\"b\"},\"artifactType\":\"x\",\"layers\":[]");
    assertInstanceOf(ImageManifest.class, read(json, ""));
    assertInstanceOf(ImageIndex.class, read("{\"manifests\":[],\"extra\":{\"a\":[[]]}}", ""));
  }
}
