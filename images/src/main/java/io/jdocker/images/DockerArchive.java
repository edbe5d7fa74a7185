package io.jdocker.images;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;

/** The docker-archive form: {@code manifest.json} names configuration, layers and tags. */
final class DockerArchive {
  static final String MANIFEST = "manifest.json";

  private DockerArchive() {}

  static List<ArchivedImage> read(ArchiveMembers members) {
    byte[] manifest = ArchiveMembers.read(MANIFEST, members.get(MANIFEST));
    List<JsonDocument> images = JsonDocument.parseArray(MANIFEST, manifest);
    if (images.isEmpty()) {
      throw new InvalidArgument("cannot load: " + MANIFEST + " names no image");
    }
    return images.stream().map(image -> read(members, image)).toList();
  }

  private static ArchivedImage read(ArchiveMembers members, JsonDocument image) {
    return new ArchivedImage(
        members.get(image.required("Config")),
        image.texts("Layers").stream().map(members::get).toList(),
        image.texts("RepoTags").stream().map(ImageReference::parse).toList());
  }
}
