package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.ManifestDocument.ImageIndex;
import io.jdocker.images.ManifestDocument.ImageManifest;
import io.jdocker.images.testing.RegistryImage;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestDocumentTest {
  private static final RegistryImage IMAGE =
      new RegistryImage().layer(new TarBuilder().file("a", "a", 0644));

  private static ManifestDocument read(String json, String type) {
    return ManifestDocument.read("m", json.getBytes(StandardCharsets.UTF_8), type);
  }

  @Test
  void readsAManifest() {
    ImageManifest manifest =
        assertInstanceOf(ImageManifest.class, read(IMAGE.manifest(), MediaTypes.OCI_MANIFEST));
    assertEquals(Digest.of(IMAGE.config()), manifest.config().digest());
    assertEquals(IMAGE.config().length, manifest.config().size());
    assertEquals(
        List.of(IMAGE.blob(0)), manifest.layers().stream().map(Descriptor::digest).toList());
  }

  @Test
  void anOciManifestNeedNotNameItsType() {
    String bare = IMAGE.manifest().replaceFirst("\"mediaType\":\"[^\"]*\",", "");
    assertEquals(MediaTypes.OCI_MANIFEST, read(bare, "").mediaType());
    assertEquals(MediaTypes.OCI_MANIFEST, read(bare, MediaTypes.OCI_MANIFEST).mediaType());
    assertEquals(MediaTypes.OCI_INDEX, read("{\"manifests\":[]}", "").mediaType());
  }

  @Test
  void mixedTypesOccur() {
    String docker = IMAGE.manifest().replace(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);
    assertInstanceOf(ImageManifest.class, read(docker, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"size\":-1",
        "\"size\":\"7\"",
        "\"size\":1.5",
        "\"size\":99999999999999999999",
        "\"x\":0"
      })
  void aDescriptorHasASize(String size) {
    String json = IMAGE.manifest().replaceFirst("\"size\":[0-9]+", size);
    assertThrows(InvalidArgument.class, () -> read(json, ""));
  }

  @Test
  void anEntryOfAnIndexIsCheckedToo() {
    String entry = IMAGE.entry().replace("sha256:", "sha1:");
    assertThrows(InvalidArgument.class, () -> read(RegistryImage.index(entry), ""));
  }

  private static ImageIndex index(String platforms) {
    List<String> entries = new ArrayList<>();
    int size = 0;
    for (String platform : platforms.split(" ", -1)) {
      String[] parts = platform.split("/", -1);
      String json =
          parts[0].isEmpty()
              ? ""
              : ",\"platform\":{\"os\":\""
                  + parts[0]
                  + "\",\"architecture\":\""
                  + parts[1]
                  + (parts.length > 2 ? "\",\"variant\":\"" + parts[2] : "")
                  + "\"}";
      entries.add(
          "{\"mediaType\":\""
              + MediaTypes.OCI_MANIFEST
              + "\",\"digest\":\""
              + Digest.of(new byte[size])
              + "\",\"size\":"
              + size++
              + json
              + "}");
    }
    return (ImageIndex) read(RegistryImage.index(entries.toArray(String[]::new)), "");
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/arm64 linux/amd64, 1",
    "linux/amd64, linux/amd64 linux/amd64, 0",
    "linux/amd64, windows/amd64 linux/amd64, 1",
    "linux/amd64/v3, linux/amd64 linux/amd64/v2 linux/amd64/v3 linux/amd64/v4, 2",
    "linux/amd64/v3, linux/amd64/v4 linux/amd64, 1",
    "linux/amd64, linux/amd64/v2 linux/amd64/v1, 1",
    "linux/arm/v7, linux/arm/v5 linux/arm/v6, 1",
    "linux/arm/v6, linux/arm/v7 linux/arm/v5, 1",
    "linux/arm64, linux/arm64/v8, 0",
    "linux/arm64/v8, linux/arm64, 0",
    "linux/arm64, linux/aarch64, 0",
    "linux/amd64, unknown/unknown linux/amd64, 1",
    "linux/amd64, '', 0",
    "linux/amd64, ' linux/amd64', 1"
  })
  void theClosestPlatformIsChosen(String wanted, String entries, int chosen) {
    assertEquals(chosen, index(entries).select(Platform.parse(wanted)).size());
  }

  @ParameterizedTest
  @CsvSource({
    "linux/s390x, linux/amd64 linux/arm64",
    "linux/amd64, linux/amd64/v2",
    "linux/arm/v5, linux/arm/v6",
    "linux/amd64, unknown/unknown"
  })
  void noneIsSaidInDockersWords(String wanted, String entries) {
    NotFound failure =
        assertThrows(NotFound.class, () -> index(entries).select(Platform.parse(wanted)));
    assertEquals(
        "no matching manifest for " + wanted + " in the manifest list entries",
        failure.getMessage());
  }

  @Test
  void deepNestingIsNoCrash() {
    String deep = "[".repeat(200_000);
    assertThrows(InvalidArgument.class, () -> read("{\"manifests\":" + deep, ""));
  }
}
