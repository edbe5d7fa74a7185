package io.jdocker.cli.container.request;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The values of {@code -v}.
 *
 * @param binds {@code source:target[:mode]}, the source a host path or a volume's name
 * @param anonymousTargets paths in the container that get a volume without a name
 */
record VolumeSpecs(List<String> binds, List<String> anonymousTargets) {

  /**
   * Reads the values; a host path that starts with a dot is made absolute here. A value given twice
   * is one, as with docker; two values for one target are the daemon's to refuse.
   */
  static VolumeSpecs parse(List<String> texts, Path directory) {
    List<String> binds = new ArrayList<>();
    List<String> anonymous = new ArrayList<>();
    for (String text : new LinkedHashSet<>(texts)) {
      int colon = text.indexOf(':');
      if (text.isEmpty()) {
        throw Refusal.of("invalid empty volume spec");
      }
      if (colon < 0) {
        anonymous.add(text);
      } else if (colon == 0) {
        throw Refusal.of("invalid spec: " + text + ": empty section between colons");
      } else if (text.startsWith(".") || text.startsWith("~/")) {
        Path source = directory.resolve(text.substring(0, colon)).normalize();
        binds.add(source + text.substring(colon));
      } else {
        binds.add(text);
      }
    }
    return new VolumeSpecs(binds, anonymous);
  }

  JsonObject anonymous() {
    JsonObject volumes = new JsonObject();
    for (String target : anonymousTargets) {
      volumes.add(target, new JsonObject());
    }
    return volumes;
  }
}
