package io.jdocker.images;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarType;
import io.jdocker.linux.Kernel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that works on a store until it is killed: does a thing again and again. */
final class StoreVictim {
  private StoreVictim() {}

  /**
   * Works until it is killed.
   *
   * @param arguments the store's folder, what to do, and an archive of image {@code dead:1}
   */
  public static void main(String[] arguments) throws IOException {
    ImageStore store = ImageStore.open(Path.of(arguments[0]), Kernel.load());
    byte[] archive = Files.readAllBytes(Path.of(arguments[2]));
    System.out.println("ready");
    while (true) {
      round(store, arguments[1], archive);
    }
  }

  /** One round of it; leaves the store as it was. */
  static void round(ImageStore store, String what, byte[] archive) throws IOException {
    switch (what) {
      case "load" -> {
        store.load(new ByteArrayInputStream(archive), ProgressListener.NONE);
        store.remove("dead:1", true, List.of());
      }
      case "import" -> {
        store.importRootfs(
            ImportRequest.named("dead:2"),
            new ByteArrayInputStream(archive),
            ProgressListener.NONE);
        store.remove("dead:2", true, List.of());
      }
      case "commit" -> {
        try (ImageAssembly assembly = store.assemble()) {
          Image base = store.get("kept:1");
          ImageDraft draft = assembly.draft(base);
          draft.addLayer(
              assembly.addLayer(
                  draft.top(),
                  sink ->
                      sink.put(
                          TarEntry.plain("big", TarType.FILE, 0644, archive.length),
                          new ByteArrayInputStream(archive))));
          assembly.add(draft, List.of(ImageReference.parse("dead:3")));
        }
        store.remove("dead:3", true, List.of());
      }
      case "step" -> {
        try (ImageAssembly assembly = store.assemble()) {
          ImageLayer layer =
              assembly.addLayer(
                  Optional.empty(),
                  sink -> sink.put(TarEntry.plain("d/", TarType.DIRECTORY, 0, 0)));
          var inputs = java.util.Map.of("made", layer.chainId().toString());
          store
              .cache()
              .add(
                  new CachedStep(
                      CachedStep.key(inputs),
                      "RUN made",
                      inputs,
                      Optional.of(layer.chainId()),
                      java.time.Instant.EPOCH));
        }
        store.pruneCache(step -> true, 0);
      }
      default -> throw new IllegalArgumentException(what);
    }
  }
}
