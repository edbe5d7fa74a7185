package io.jdocker.images;

import com.google.gson.JsonObject;
import io.jdocker.linux.failure.Unsupported;
import java.util.List;

/** Dockerfile instructions that an import applies to the configuration. */
record ConfigChanges(List<String> instructions) {
  static ConfigChanges parse(List<String> instructions) {
    if (!instructions.isEmpty()) {
      throw new Unsupported("import does not take changes yet");
    }
    return new ConfigChanges(instructions);
  }

  void apply(JsonObject config) {
    instructions.forEach(instruction -> config.addProperty(instruction, true));
  }
}
