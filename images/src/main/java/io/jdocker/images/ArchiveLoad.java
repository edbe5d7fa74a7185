package io.jdocker.images;

import io.jdocker.images.compression.Compression;
import io.jdocker.images.tar.TarReader;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code load}: stage the archive, find its images, unpack what is new, commit all at once. */
final class ArchiveLoad {
  private final Kernel kernel;
  private final StoreLayout layout;
  private final Catalog catalog;

  ArchiveLoad(Kernel kernel, StoreLayout layout, Catalog catalog) {
    this.kernel = kernel;
    this.layout = layout;
    this.catalog = catalog;
  }

  List<LoadedImage> run(InputStream archive, ProgressListener progress) {
    try (Ingest ingest = new Ingest(kernel, layout, catalog)) {
      ArchiveMembers members = stage(archive, ingest);
      LayerIngest layers = new LayerIngest(kernel, ingest, catalog, progress);
      List<LoadedImage> loaded = new ArrayList<>();
      for (ArchivedImage image : images(members)) {
        loaded.add(add(image, ingest, layers));
      }
      ingest.commit();
      return loaded;
    }
  }

  private static ArchiveMembers stage(InputStream archive, Ingest ingest) {
    try {
      BufferedInputStream head = Compression.buffered(archive);
      try (InputStream content = Compression.detect(head).open(new Unclosed(head))) {
        return ArchiveMembers.stage(new TarReader(content), ingest);
      }
    } catch (IOException e) {
      throw LayerIngest.damaged("archive", e);
    }
  }

  private static List<ArchivedImage> images(ArchiveMembers members) {
    if (members.find(DockerArchive.MANIFEST).isPresent()) {
      return DockerArchive.read(members);
    }
    if (members.find(OciLayout.INDEX).isPresent()) {
      return new OciLayout(members, Platform.host()).read();
    }
    String hint =
        members.find("repositories").isPresent()
            ? "it was written by Docker before 1.10: load and save it again with a newer one"
            : "it holds neither manifest.json nor index.json; use import for a root file system";
    throw new InvalidArgument("cannot load: this is no image archive: " + hint);
  }

  private static LoadedImage add(ArchivedImage image, Ingest ingest, LayerIngest layers) {
    byte[] content = ArchiveMembers.read("image configuration", image.config());
    ImageConfig config = ConfigReader.read(content);
    List<Digest> diffIds = config.diffIds();
    if (diffIds.size() != image.layers().size()) {
      throw new InvalidArgument(
          "invalid manifest, layers length mismatch: expected "
              + diffIds.size()
              + ", got "
              + image.layers().size());
    }
    List<Layer> chain = new ArrayList<>();
    Optional<Layer> parent = Optional.empty();
    for (int i = 0; i < diffIds.size(); i++) {
      Layer layer = layers.add(image.layers().get(i), parent, diffIds.get(i));
      chain.add(layer);
      parent = Optional.of(layer);
    }
    ingest.keep(image.config());
    Digest id = image.config().digest();
    ingest.add(id, config, chain);
    List<String> names = new ArrayList<>();
    for (ImageReference name : image.names()) {
      ingest.tag(name.withDefaultTag(), id);
      names.add(name.withDefaultTag().familiar());
    }
    return new LoadedImage(id, List.copyOf(names));
  }
}
