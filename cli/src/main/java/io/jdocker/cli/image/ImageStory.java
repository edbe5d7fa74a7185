package io.jdocker.cli.image;

import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.json.ApiObject;
import java.util.List;

/** What an image's layers did, for people. */
final class ImageStory {
  private static final int LONGEST = 72;

  private final ApiObject image;
  private final boolean trees;
  private final int depth;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param trees whether each layer's files are shown
   * @param depth how many folders deep
   */
  ImageStory(ApiObject image, boolean trees, int depth) {
    this.image = image;
    this.trees = trees;
    this.depth = depth;
  }

  String text() {
    List<ApiObject> layers = image.objects("Layers");
    for (int i = 0; i < layers.size(); i++) {
      layer(i + 1, layers.get(i));
    }
    long wasted = image.number("Wasted");
    long size = image.number("Size");
    text.append(
        "%d layers, %s; seen by a container: %s; wasted: %s (%d%%)\n"
            .formatted(
                layers.size(),
                HumanSize.of(size),
                HumanSize.of(image.number("Visible")),
                HumanSize.of(wasted),
                size == 0 ? 0 : wasted * 100 / size));
    return text.toString();
  }

  private void layer(int number, ApiObject layer) {
    long wasted = layer.number("Wasted");
    text.append(
        "%2d  %9s  +%d ~%d -%d%s  %s\n"
            .formatted(
                number,
                HumanSize.of(layer.number("Size")),
                layer.objects("Added").size(),
                layer.objects("Changed").size(),
                layer.objects("Deleted").size(),
                wasted == 0 ? "" : "  wastes " + HumanSize.of(wasted),
                instruction(layer)));
    if (trees) {
      FileTree tree = new FileTree();
      layer.objects("Added").forEach(file -> tree.add(file, '+'));
      layer.objects("Changed").forEach(file -> tree.add(file, '~'));
      layer.objects("Deleted").forEach(file -> tree.add(file, '-'));
      text.append(tree.text("      ", depth));
    }
  }

  private static String instruction(ApiObject layer) {
    String line = layer.text("CreatedBy").replaceAll("\\s+", " ").strip();
    String plain = line.replaceFirst("^/bin/sh -c #\\(nop\\) +", "");
    String shown = plain.startsWith("/bin/sh -c ") ? "RUN " + plain.substring(11) : plain;
    if (shown.isEmpty()) {
      return "(its history says nothing)";
    }
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
  }
}
