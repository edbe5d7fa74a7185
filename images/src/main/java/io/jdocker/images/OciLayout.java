package io.jdocker.images;

import io.jdocker.images.ManifestDocument.ImageIndex;
import io.jdocker.images.ManifestDocument.ImageManifest;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The OCI image layout: {@code index.json} leads to manifests, all content by digest. */
final class OciLayout {
  static final String INDEX = "index.json";

  private static final String FULL_NAME = "io.containerd.image.name";
  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  private final ArchiveMembers members;
  private final Platform platform;

  OciLayout(ArchiveMembers members, Platform platform) {
    this.members = members;
    this.platform = platform;
  }

  List<ArchivedImage> read() {
    byte[] content = ArchiveMembers.read(INDEX, members.get(INDEX));
    if (!(ManifestDocument.read(INDEX, content, MediaTypes.OCI_INDEX)
        instanceof ImageIndex index)) {
      throw new InvalidArgument("cannot load: " + INDEX + " is a manifest");
    }
    List<Descriptor> entries =
        index.manifests().stream().filter(entry -> !entry.isAttestation()).toList();
    if (entries.size() > 1 && entries.stream().allMatch(e -> e.platform().isPresent())) {
      entries = List.of(select(index));
    }
    List<ArchivedImage> found = new ArrayList<>();
    for (Descriptor entry : entries) {
      found.add(image(entry, names(entry)));
    }
    if (found.isEmpty()) {
      throw new InvalidArgument("cannot load: " + INDEX + " names no image");
    }
    return found;
  }

  private static List<ImageReference> names(Descriptor entry) {
    Map<String, String> annotations = entry.annotations();
    String full = annotations.getOrDefault(FULL_NAME, "");
    String name = annotations.getOrDefault(REF_NAME, "");
    if (!full.isEmpty()) {
      return List.of(ImageReference.parse(full).withDefaultTag());
    }
    // The specification allows a bare tag here, which says nothing about the repository.
    boolean whole = name.indexOf('/') >= 0 || name.indexOf(':') >= 0;
    return whole ? List.of(ImageReference.parse(name).withDefaultTag()) : List.of();
  }

  private ArchivedImage image(Descriptor entry, List<ImageReference> names) {
    String name = "manifest " + entry.digest();
    byte[] content = ArchiveMembers.read(name, blob(entry));
    ManifestDocument document = ManifestDocument.read(name, content, entry.mediaType());
    if (document instanceof ImageIndex index) {
      return image(select(index), names);
    }
    ImageManifest manifest = (ImageManifest) document;
    List<StagedBlob> layers = manifest.layers().stream().map(this::blob).toList();
    return new ArchivedImage(blob(manifest.config()), layers, names);
  }

  private StagedBlob blob(Descriptor descriptor) {
    StagedBlob blob = members.get(descriptor.digest());
    if (descriptor.size() != blob.size()) {
      throw new InvalidArgument(
          "cannot load: blob "
              + blob.digest()
              + " has "
              + blob.size()
              + " bytes, not "
              + descriptor.size());
    }
    return blob;
  }

  private Descriptor select(ImageIndex index) {
    try {
      return index.select(platform);
    } catch (NotFound e) {
      throw new InvalidArgument(e.getMessage(), e);
    }
  }
}
