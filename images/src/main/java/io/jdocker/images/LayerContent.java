package io.jdocker.images;

import io.jdocker.images.tar.TarSink;
import java.io.IOException;

/** Where the members of a new layer come from. */
@FunctionalInterface
public interface LayerContent {
  /** Writes them, in the order that the layer is to have, with whiteouts for deleted files. */
  void writeTo(TarSink layer) throws IOException;
}
