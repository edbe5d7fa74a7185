package io.jdocker.images;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What lies where below {@code ROOT/images}.
 *
 * <pre>
 * blobs/sha256/HEX   configurations and layers, byte for byte as they came
 * l/NUMBER           unpacked layers; short names, as mount(2) takes 4095 bytes for all of them
 * l/0                the empty layer below images that have none
 * layers/HEX.json    what each unpacked layer is, by chainID
 * files/HEX         what files each unpacked layer has, by chainID: a line a file
 * images/HEX.json    one record an image, by id
 * tags/HEX.json      one record a name, by the hash of the name
 * compressed/HEX.json what a push has made of an uncompressed layer, by diffID
 * downloads/HEX      blobs on their way from a registry, whole or in part; what a start finds there
 *                    is what a pull need not fetch again
 * cache/HEX.json     one record a step of a build, by its inputs
 * tmp/               work in progress; emptied at start
 * </pre>
 */
record StoreLayout(Path root, AtomicLong counter) {
  static final String EMPTY_LAYER = "0";

  StoreLayout(Path root) {
    this(root.toAbsolutePath().normalize(), new AtomicLong());
  }

  /** Makes the folders. Only root may look inside (CVE-2021-41091). */
  void create() {
    try {
      for (Path folder :
          List.of(
              blobs(),
              layers(),
              layer(EMPTY_LAYER),
              inventories(),
              images(),
              tags(),
              cache(),
              compressed(),
              downloads(),
              temporaries())) {
        Files.createDirectories(folder);
      }
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      Files.setPosixFilePermissions(
          layer(EMPTY_LAYER), PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new SystemFailure("cannot make the image store " + root + ": " + e.getMessage(), e);
    }
  }

  Path blobs() {
    return root.resolve("blobs").resolve("sha256");
  }

  Path blob(Digest digest) {
    return blobs().resolve(digest.hex());
  }

  Path unpacked() {
    return root.resolve("l");
  }

  Path layer(String directory) {
    return unpacked().resolve(directory);
  }

  Path layers() {
    return root.resolve("layers");
  }

  Path inventories() {
    return root.resolve("files");
  }

  Path inventory(Digest chainId) {
    return inventories().resolve(chainId.hex());
  }

  Path images() {
    return root.resolve("images");
  }

  Path tags() {
    return root.resolve("tags");
  }

  Path compressed() {
    return root.resolve("compressed");
  }

  Path downloads() {
    return root.resolve("downloads");
  }

  Path cache() {
    return root.resolve("cache");
  }

  Path temporaries() {
    return root.resolve("tmp");
  }

  /** A name in tmp/ that nobody has. */
  Path temporary(String purpose) {
    return temporaries().resolve(purpose + "-" + counter.incrementAndGet());
  }
}
