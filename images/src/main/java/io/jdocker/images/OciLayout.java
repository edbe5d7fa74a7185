package io.jdocker.images;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The OCI image layout: {@code index.json} leads to manifests, all content by digest. */
final class OciLayout {
  static final String INDEX = "index.json";

  private static final String FULL_NAME = "io.containerd.image.name";
  private static final String REF_NAME = "org.opencontainers.image.ref.name";
  private static final String ATTESTATION = "vnd.docker.reference.type";
  private static final Set<String> INDEX_TYPES =
      Set.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");
  private static final Set<String> MANIFEST_TYPES =
      Set.of(
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json");
  private static final Set<String> CONFIG_TYPES =
      Set.of(
          "application/vnd.oci.image.config.v1+json",
          "application/vnd.docker.container.image.v1+json");

  private final ArchiveMembers members;
  private final Platform platform;

  OciLayout(ArchiveMembers members, Platform platform) {
    this.members = members;
    this.platform = platform;
  }

  List<ArchivedImage> read() {
    JsonDocument index = JsonDocument.parse(INDEX, ArchiveMembers.read(INDEX, members.get(INDEX)));
    List<JsonDocument> descriptors = images(index);
    if (descriptors.size() > 1 && descriptors.stream().allMatch(d -> d.has("platform"))) {
      descriptors = List.of(select(descriptors));
    }
    List<ArchivedImage> found = new ArrayList<>();
    for (JsonDocument descriptor : descriptors) {
      found.add(image(descriptor, names(descriptor)));
    }
    if (found.isEmpty()) {
      throw new InvalidArgument("cannot load: " + INDEX + " names no image");
    }
    return found;
  }

  /** The entries that are images, not what BuildKit says about one. */
  private static List<JsonDocument> images(JsonDocument index) {
    // CVE-2021-41190: a document that is an index to one reader and a manifest to another.
    if (index.has("layers") || index.has("config")) {
      throw new InvalidArgument("cannot load: " + index.name() + " is both index and manifest");
    }
    return index.documents("manifests").stream()
        .filter(d -> !d.map("annotations").containsKey(ATTESTATION))
        .toList();
  }

  private static List<ImageReference> names(JsonDocument descriptor) {
    var annotations = descriptor.map("annotations");
    String full = annotations.getOrDefault(FULL_NAME, "");
    String name = annotations.getOrDefault(REF_NAME, "");
    if (!full.isEmpty()) {
      return List.of(ImageReference.parse(full).withDefaultTag());
    }
    // The specification allows a bare tag here, which says nothing about the repository.
    boolean whole = name.indexOf('/') >= 0 || name.indexOf(':') >= 0;
    return whole ? List.of(ImageReference.parse(name).withDefaultTag()) : List.of();
  }

  private ArchivedImage image(JsonDocument descriptor, List<ImageReference> names) {
    JsonDocument document = document(descriptor);
    String type = document.text("mediaType");
    type = type.isEmpty() ? descriptor.text("mediaType") : type;
    if (INDEX_TYPES.contains(type)) {
      return image(select(images(document)), names);
    }
    if (!MANIFEST_TYPES.contains(type)) {
      throw new InvalidArgument("cannot load: media type \"" + type + "\" is not supported");
    }
    if (document.has("manifests")) {
      throw new InvalidArgument("cannot load: " + document.name() + " is both index and manifest");
    }
    JsonDocument config =
        document
            .document("config")
            .orElseThrow(() -> new InvalidArgument(document.name() + " has no config"));
    if (!CONFIG_TYPES.contains(config.text("mediaType"))) {
      throw new InvalidArgument(
          "cannot load: "
              + document.name()
              + " is an artifact of type \""
              + config.text("mediaType")
              + "\", not an image");
    }
    List<StagedBlob> layers = document.documents("layers").stream().map(this::blob).toList();
    return new ArchivedImage(blob(config), layers, names);
  }

  private JsonDocument document(JsonDocument descriptor) {
    String name = "manifest " + descriptor.required("digest");
    return JsonDocument.parse(name, ArchiveMembers.read(name, blob(descriptor)));
  }

  private StagedBlob blob(JsonDocument descriptor) {
    StagedBlob blob = members.get(Digest.parse(descriptor.required("digest")));
    long size = descriptor.number("size").orElse(blob.size());
    if (size != blob.size()) {
      throw new InvalidArgument(
          "cannot load: blob " + blob.digest() + " has " + blob.size() + " bytes, not " + size);
    }
    return blob;
  }

  private JsonDocument select(List<JsonDocument> descriptors) {
    Optional<JsonDocument> exact = descriptors.stream().filter(d -> matches(d, true)).findFirst();
    return exact
        .or(() -> descriptors.stream().filter(d -> matches(d, false)).findFirst())
        .orElseThrow(
            () ->
                new InvalidArgument(
                    "no matching manifest for " + platform + " in the manifest list entries"));
  }

  private boolean matches(JsonDocument descriptor, boolean exact) {
    Optional<JsonDocument> wanted = descriptor.document("platform");
    if (wanted.isEmpty()) {
      return !exact;
    }
    boolean variant = wanted.get().text("variant").equals(platform.variant());
    return wanted.get().text("os").equals(platform.os())
        && wanted.get().text("architecture").equals(platform.architecture())
        && (variant || !exact);
  }
}
