package io.jdocker.images;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a registry or a layout keeps under a tag: an image's manifest, or an index of several. */
public sealed interface ManifestDocument {
  String mediaType();

  /** One image: its configuration, and its layers, base first. */
  record ImageManifest(String mediaType, Descriptor config, List<Descriptor> layers)
      implements ManifestDocument {}

  /** One entry a platform, in the order of preference. */
  record ImageIndex(String mediaType, List<Descriptor> manifests) implements ManifestDocument {
    /**
     * The entry for a platform: the closest variant, the first of equals.
     *
     * @throws NotFound with Docker's wording
     */
    public Descriptor select(Platform wanted) {
      return manifests.stream()
          .filter(entry -> !entry.isAttestation())
          .filter(entry -> entry.platform().map(wanted::accepts).orElse(true))
          // sorted is stable: of equals the first stays first.
          .sorted(Comparator.comparingInt(entry -> distance(entry, wanted)))
          .findFirst()
          .orElseThrow(
              () ->
                  new NotFound(
                      "no matching manifest for " + wanted + " in the manifest list entries"));
    }

    private static int distance(Descriptor entry, Platform wanted) {
      return entry.platform().map(wanted::distance).orElse(Platform.FARTHEST);
    }
  }

  /**
   * Reads a document.
   *
   * @param declared the media type it came with, empty for none
   * @throws InvalidArgument when it is malformed, ambiguous (CVE-2021-41190), of the form before
   *     Docker 1.10, or no image's
   */
  static ManifestDocument read(String name, byte[] content, String declared) {
    JsonDocument document = JsonDocument.parse(name, content);
    if (MediaTypes.isSchema1(declared) || document.number("schemaVersion").orElse(2L) == 1) {
      throw new InvalidArgument(
          name
              + " is of schema version 1, which Docker 28 has given up, too: push the image again"
              + " with Docker 1.10 or later");
    }
    boolean isIndex = document.has("manifests");
    if (isIndex && (document.has("layers") || document.has("config"))) {
      throw new InvalidArgument(name + " is both index and manifest");
    }
    String own = document.text("mediaType");
    String type = !own.isEmpty() ? own : declared;
    if (!own.isEmpty() && isKnown(declared) && !own.equals(declared)) {
      throw new InvalidArgument(
          name + " says to be \"" + own + "\" but came as \"" + declared + "\"");
    }
    return isIndex ? index(document, type) : manifest(document, type);
  }

  private static boolean isKnown(String type) {
    return MediaTypes.isIndex(type) || MediaTypes.isManifest(type);
  }

  private static ImageIndex index(JsonDocument document, String declared) {
    String type = declared.isEmpty() ? MediaTypes.OCI_INDEX : declared;
    if (!MediaTypes.isIndex(type)) {
      throw unsupported(document, type);
    }
    return new ImageIndex(
        type, document.documents("manifests").stream().map(Descriptor::read).toList());
  }

  private static ImageManifest manifest(JsonDocument document, String declared) {
    String type = declared.isEmpty() ? MediaTypes.OCI_MANIFEST : declared;
    if (!MediaTypes.isManifest(type)) {
      throw unsupported(document, type);
    }
    Optional<JsonDocument> config = document.document("config");
    Descriptor descriptor =
        Descriptor.read(
            config.orElseThrow(() -> new InvalidArgument(document.name() + " has no config")));
    if (!MediaTypes.isConfig(descriptor.mediaType())) {
      throw new InvalidArgument(
          document.name()
              + " is an artifact of type \""
              + descriptor.mediaType()
              + "\", not an image");
    }
    return new ImageManifest(
        type, descriptor, document.documents("layers").stream().map(Descriptor::read).toList());
  }

  private static InvalidArgument unsupported(JsonDocument document, String type) {
    return new InvalidArgument(document.name() + ": media type \"" + type + "\" is not supported");
  }
}
