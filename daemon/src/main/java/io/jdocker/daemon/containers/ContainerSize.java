package io.jdocker.daemon.containers;

import io.jdocker.images.Image;
import io.jdocker.images.OverlayMount;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Disk use of a container.
 *
 * @param own bytes of the files it has made or changed
 * @param whole those and its image's
 */
public record ContainerSize(long own, long whole) {

  /** Measures by walking the container's own layer. */
  public static ContainerSize of(Engine engine, Container container) {
    long own =
        engine
            .images()
            .snapshotter()
            .find(container.id().hex())
            .map(OverlayMount::upper)
            .map(ContainerSize::measure)
            .orElse(0L);
    long image = engine.images().find(container.record().imageId()).map(Image::size).orElse(0L);
    return new ContainerSize(own, own + image);
  }

  /** Bytes of the files below a folder. What vanishes meanwhile does not count. */
  public static long measure(Path folder) {
    long[] sum = new long[1];
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot measure " + folder, e);
    }
    return sum[0];
  }
}
