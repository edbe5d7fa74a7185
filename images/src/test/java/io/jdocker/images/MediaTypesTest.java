package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MediaTypesTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "application/vnd.docker.distribution.manifest.v2+json, manifest",
    "application/vnd.oci.image.manifest.v1+json, manifest",
    "application/vnd.docker.distribution.manifest.list.v2+json, index",
    "application/vnd.oci.image.index.v1+json, index",
    "application/vnd.docker.container.image.v1+json, config",
    "application/vnd.oci.image.config.v1+json, config",
    "application/vnd.docker.distribution.manifest.v1+json, schema1",
    "application/vnd.docker.distribution.manifest.v1+prettyjws, schema1",
    "application/vnd.oci.empty.v1+json, none",
    "application/vnd.cncf.helm.config.v1+json, none",
    "application/vnd.docker.image.rootfs.diff.tar.gzip, none",
    "application/vnd.docker.plugin.v1+json, none",
    "application/vnd.oci.image.manifest.v1+json; charset=utf-8, none",
    "Application/Vnd.Oci.Image.Index.V1+Json, none",
    "application/json, none",
    "'', none",
  })
  void eachTypeIsOneKind(String type, String kind) {
    StringBuilder kinds = new StringBuilder();
    kinds.append(MediaTypes.isManifest(type) ? "manifest" : "");
    kinds.append(MediaTypes.isIndex(type) ? "index" : "");
    kinds.append(MediaTypes.isConfig(type) ? "config" : "");
    kinds.append(MediaTypes.isSchema1(type) ? "schema1" : "");
    assertEquals(kind.equals("none") ? "" : kind, kinds.toString());
  }

  @Test
  void whatIsAcceptedIsWhatCanBeRead() {
    for (String type : MediaTypes.ACCEPTED) {
      assertEquals(true, MediaTypes.isIndex(type) ^ MediaTypes.isManifest(type), type);
    }
    assertEquals(4, MediaTypes.ACCEPTED.stream().distinct().count());
  }
}
