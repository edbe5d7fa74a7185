package io.jdocker.runtime.build;

import io.jdocker.images.Digest;
import io.jdocker.images.Image;
import io.jdocker.images.ImageDraft;
import io.jdocker.images.ImageStore;
import io.jdocker.images.tar.TarWriter;
import io.jdocker.images.tree.TreeReader;
import io.jdocker.linux.Fd;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Gives the result of a build away: {@code build -o}. */
final class BuildExport {
  private static final int BUFFER = 1 << 16;

  private final BuildScope scope;
  private final OutputStream out;

  BuildExport(BuildScope scope, OutputStream out) {
    this.scope = scope;
    this.out = out;
  }

  /** The files alone, as one tar. */
  Digest rootfs(ImageDraft draft) throws IOException {
    try (SourceTree tree = SourceTree.mounted(scope, draft.image());
        Fd root = tree.root().openFolder("/")) {
      TarWriter tar = new TarWriter(new BufferedOutputStream(out, BUFFER));
      new TreeReader(scope.parts().kernel(), ClampedTimes.of(tar, scope.epoch()))
          .readFolder(root, ".");
      tar.finish();
    }
    return draft.id();
  }

  /** The image as {@code save} writes it, under the names that were asked for. */
  Digest archive(ImageDraft draft) throws IOException {
    ImageStore images = scope.parts().images();
    boolean known = images.find(draft.id().toString()).isPresent();
    Image image = scope.assembly().add(draft, List.of());
    try {
      images.save(image, scope.request().tags(), out);
    } finally {
      // Unless somebody has given it a name meanwhile.
      if (!known && images.find(image.id().toString()).filter(Image::dangling).isPresent()) {
        images.remove(image.id().toString(), false, List.of());
      }
    }
    return image.id();
  }
}
