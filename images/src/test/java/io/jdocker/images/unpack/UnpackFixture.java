package io.jdocker.images.unpack;

import io.jdocker.images.tar.TarReader;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Unpacks layers one on another below a test's folder, and looks at what came out. */
final class UnpackFixture implements AutoCloseable {
  private final Kernel kernel = Kernel.load();
  private final Path base;
  private final List<Path> lowers = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();

  UnpackFixture(Path base) {
    this.base = base;
  }

  /** Unpacks one more layer on top and returns its folder. */
  Path layer(TarBuilder tar) throws IOException {
    return layer(tar.build());
  }

  Path layer(byte[] tar) throws IOException {
    Path folder = Files.createDirectories(base.resolve("root/layer" + lowers.size()));
    try (LayerUnpacker unpacker =
        new LayerUnpacker(kernel, folder, List.copyOf(lowers), warnings::add)) {
      unpacker.unpack(new TarReader(new ByteArrayInputStream(tar)));
    }
    lowers.add(0, folder);
    return folder;
  }

  FileStatus status(Path file) {
    return kernel
        .files()
        .status(FileCalls.AT_FDCWD, file.toString(), FileCalls.AT_SYMLINK_NOFOLLOW);
  }

  boolean isWhiteout(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Overlay.isWhiteout(status(file));
  }

  boolean isOpaque(Path folder) {
    return kernel.files().attribute(folder.toString(), "trusted.overlay.opaque").isPresent();
  }

  byte[] attribute(Path file, String name) {
    return kernel.files().attribute(file.toString(), name).orElseThrow();
  }

  List<String> attributes(Path file) {
    return kernel.files().attributes(file.toString());
  }

  Kernel kernel() {
    return kernel;
  }

  /** Deletes the layers. JUnit would do it, but complains about each link that leads outside. */
  @Override
  public void close() {
    TreeRemover.remove(base.resolve("root"));
  }
}
