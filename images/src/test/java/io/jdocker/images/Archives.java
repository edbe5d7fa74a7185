package io.jdocker.images;

import io.jdocker.images.testing.TarBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Builds image archives from layers. */
final class Archives {
  private Archives() {}

  /** A configuration for these layers' tars. */
  static byte[] config(byte[]... layers) {
    String diffIds =
        Arrays.stream(layers)
            .map(layer -> '"' + Digest.of(layer).toString() + '"')
            .collect(Collectors.joining(","));
    return ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"sh\"]},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + diffIds
            + "]}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A docker-archive of one image, base layer first. */
  static byte[] docker(String name, byte[]... layers) {
    TarBuilder tar = new TarBuilder();
    String paths = "";
    for (int i = 0; i < layers.length; i++) {
      tar.file(i + "/layer.tar", layers[i], 0644);
      paths += (i == 0 ? "" : ",") + "\"" + i + "/layer.tar\"";
    }
    tar.file("config.json", config(layers), 0644);
    tar.file(
        "manifest.json",
        "[{\"Config\":\"config.json\",\"RepoTags\":[\"" + name + "\"],\"Layers\":[" + paths + "]}]",
        0644);
    return tar.build();
  }
}
