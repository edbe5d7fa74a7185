package io.jdocker.images.registry;

import io.jdocker.images.ConfigPlatform;
import io.jdocker.images.Descriptor;
import io.jdocker.images.ManifestDocument;
import io.jdocker.images.ManifestDocument.ImageIndex;
import io.jdocker.images.ManifestDocument.ImageManifest;
import io.jdocker.images.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a registry has under a name, without pulling it.
 *
 * @param content the manifest or index as it is, JSON
 * @param platforms of the images behind it
 */
public record Inspected(Descriptor descriptor, String content, List<Platform> platforms) {
  static Inspected of(Repository source, ServedManifest served) throws IOException {
    ManifestDocument document = served.document();
    Descriptor descriptor = new Descriptor(document.mediaType(), served.digest(), served.size());
    return new Inspected(
        descriptor,
        new String(served.content(), StandardCharsets.UTF_8),
        platforms(source, document));
  }

  private static List<Platform> platforms(Repository source, ManifestDocument document)
      throws IOException {
    if (document instanceof ImageIndex index) {
      return index.manifests().stream()
          .filter(entry -> !entry.isAttestation())
          .map(Descriptor::platform)
          .flatMap(Optional::stream)
          .toList();
    }
    Descriptor config = ((ImageManifest) document).config();
    return List.of(ConfigPlatform.read(source.document(config)));
  }
}
