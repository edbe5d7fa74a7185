package io.jdocker.compose.parse;

import io.jdocker.compose.model.FileReference;
import io.jdocker.compose.model.Mount;
import io.jdocker.compose.model.Service.Storage;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is mounted in a service. */
final class StorageParser {
  private static final List<String> TYPES = List.of("bind", "volume", "tmpfs", "image");

  private final Fields fields;

  StorageParser(Fields fields) {
    this.fields = fields;
  }

  Storage parse() {
    List<Mount> mounts = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    for (Fields item : fields.items("volumes")) {
      Mount mount = mount(item);
      if (!targets.add(mount.target())) {
        throw item.mistake("target", "duplicate mount point " + mount.target());
      }
      mounts.add(mount);
    }
    return new Storage(
        mounts,
        fields.texts("tmpfs"),
        fields.texts("volumes_from"),
        references("secrets"),
        references("configs"),
        fields.map("storage_opt"));
  }

  private static Mount mount(Fields item) {
    String type = item.word("type", TYPES);
    if (type.isEmpty()) {
      throw item.mistake("type", "is required: one of " + String.join(", ", TYPES));
    }
    String target = item.text("target");
    if (target.isEmpty()) {
      throw item.mistake("target", "is required");
    }
    String source = item.text("source");
    if (source.isEmpty() && (type.equals("bind") || type.equals("image"))) {
      throw item.mistake("source", "is required for a mount of type " + type);
    }
    Fields none = Fields.of(Mapping.empty(Position.none()), "");
    Fields bind = item.below("bind").orElse(none);
    Fields volume = item.below("volume").orElse(none);
    Fields tmpfs = item.below("tmpfs").orElse(none);
    Fields image = item.below("image").orElse(none);
    volume.ignoring("labels");
    bind.ignoring("recursive");
    Mount mount =
        new Mount(
            type,
            source,
            target,
            item.flag("read_only"),
            bind.text("propagation"),
            bind.optionalFlag("create_host_path").orElse(true),
            bind.text("selinux"),
            volume.flag("nocopy"),
            image.has("subpath") ? image.text("subpath") : volume.text("subpath"),
            tmpfs.bytes("size"),
            tmpfs.mode("mode"));
    item.ignoring("consistency").end();
    bind.end();
    volume.end();
    tmpfs.end();
    image.end();
    return mount;
  }

  private List<FileReference> references(String key) {
    List<FileReference> references = new ArrayList<>();
    for (Fields item : fields.items(key)) {
      String source = item.text("source");
      if (source.isEmpty()) {
        throw item.mistake("source", "is required");
      }
      Optional<Long> mode = item.mode("mode");
      references.add(
          new FileReference(source, item.text("target"), item.text("uid"), item.text("gid"), mode));
      item.end();
    }
    return references;
  }
}
