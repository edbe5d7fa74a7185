package io.jdocker.images;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A store in a test's folder. */
final class StoreFixture implements AutoCloseable {
  private final Path root;
  private final Kernel kernel = Kernel.load();
  private ImageStore store;

  StoreFixture(Path root) {
    this.root = root;
    this.store = ImageStore.open(images(), kernel);
  }

  ImageStore store() {
    return store;
  }

  Kernel kernel() {
    return kernel;
  }

  Path images() {
    return root.resolve("images");
  }

  /** As after a kill -9 and a new start. */
  ImageStore reopen() {
    store = ImageStore.open(images(), kernel);
    return store;
  }

  Image importTar(String name, TarBuilder tar, String... changes) {
    return importTar(name, tar.build(), changes);
  }

  Image importTar(String name, byte[] tar, String... changes) {
    return store.importRootfs(
        ImportRequest.named(name).withChanges(changes),
        new ByteArrayInputStream(tar),
        ProgressListener.NONE);
  }

  List<LoadedImage> load(byte[] archive) {
    return store.load(new ByteArrayInputStream(archive), ProgressListener.NONE);
  }

  byte[] save(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.save(List.of(names), out);
    return out.toByteArray();
  }

  /** Every file of the store, to see that nothing was left. */
  List<String> files() {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(file -> root.relativize(file).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    TreeRemover.remove(images());
    TreeRemover.remove(root.resolve("snapshots"));
  }
}
