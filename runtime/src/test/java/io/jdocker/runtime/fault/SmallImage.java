package io.jdocker.runtime.fault;

import io.jdocker.images.ImageStore;
import io.jdocker.images.ImportRequest;
import io.jdocker.images.ProgressListener;
import io.jdocker.images.testing.TarBuilder;
import java.io.ByteArrayInputStream;

/** An image with one entry of each kind, so that its import makes each kind of call, once. */
final class SmallImage {
  private SmallImage() {}

  static byte[] tar() {
    return new TarBuilder()
        .directory("bin", 0755)
        .file("bin/file", "content\n", 0755)
        .symlink("bin/link", "file")
        .hardLink("bin/same", "bin/file")
        .build();
  }

  static void importInto(ImageStore store, String name) {
    store.importRootfs(
        ImportRequest.named(name), new ByteArrayInputStream(tar()), ProgressListener.NONE);
  }
}
