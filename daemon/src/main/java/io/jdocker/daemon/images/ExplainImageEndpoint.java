package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.json.Key;
import io.jdocker.images.ExplainedImage;
import io.jdocker.images.ExplainedLayer;
import io.jdocker.images.inventory.ChangedPath;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /jdocker/images/NAME/explain}: what each layer of an image did to which files. */
final class ExplainImageEndpoint implements Handler {
  private final Supplier<Engine> engine;

  ExplainImageEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  record Explained(
      @Key("Id") String id, long size, long visible, long wasted, List<LayerItem> layers) {}

  /** Sizes are bytes of files. */
  record LayerItem(
      String diffId,
      String chainId,
      String createdBy,
      long size,
      long wasted,
      List<FileItem> added,
      List<FileItem> changed,
      List<FileItem> deleted) {}

  record FileItem(String path, String kind, int mode, long size, String link) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    var images = engine.get().images();
    ExplainedImage image = images.explain(images.get(exchange.parameter()));
    exchange.json(
        200,
        new Explained(
            image.image().id().toString(),
            image.image().size(),
            image.visible(),
            image.wasted(),
            image.layers().stream().map(ExplainImageEndpoint::layer).toList()));
  }

  private static LayerItem layer(ExplainedLayer layer) {
    return new LayerItem(
        layer.layer().diffId().toString(),
        layer.layer().chainId().toString(),
        layer.createdBy(),
        layer.layer().size(),
        layer.wasted(),
        files(layer, ChangedPath.Change.ADDED),
        files(layer, ChangedPath.Change.CHANGED),
        files(layer, ChangedPath.Change.DELETED));
  }

  private static List<FileItem> files(ExplainedLayer layer, ChangedPath.Change change) {
    return layer.changes().stream()
        .filter(changed -> changed.change() == change)
        .map(
            changed ->
                new FileItem(
                    changed.path(),
                    changed.file().kind().word(),
                    changed.file().mode(),
                    changed.size(),
                    changed.file().link()))
        .toList();
  }
}
