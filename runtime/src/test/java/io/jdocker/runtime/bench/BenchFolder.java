package io.jdocker.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder with one image layer, busybox, and writable layers to put on it. */
final class BenchFolder {
  private final Path folder;

  /**
   * Makes the layer.
   *
   * @param folder empty
   */
  BenchFolder(Path folder) throws IOException {
    this.folder = folder;
    Path programs = Files.createDirectories(folder.resolve("lower/bin"));
    Files.copy(
        Path.of("/bin/busybox"),
        programs.resolve("busybox"),
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    Files.createSymbolicLink(programs.resolve("true"), Path.of("busybox"));
    Files.createDirectories(mountPoint());
  }

  Path path() {
    return folder;
  }

  Path mountPoint() {
    return folder.resolve("rootfs");
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  /** Makes a writable layer; the options of its overlay, relative to the folder. */
  String overlay(String name) throws IOException {
    Files.createDirectories(folder.resolve(name + "/upper"));
    Files.createDirectories(folder.resolve(name + "/work"));
    return "lowerdir=lower,upperdir=" + name + "/upper,workdir=" + name + "/work";
  }
}
