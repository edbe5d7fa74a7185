package io.jdocker.runtime.build;

import io.jdocker.images.ImageDraft;
import io.jdocker.images.dockerfile.ConfigEditor;
import io.jdocker.images.dockerfile.VariableExpander;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage as its instructions have left it: the image so far, and ARGs. One thread. */
final class StageState {
  private final ImageDraft draft;
  private final char escape;
  private final Map<String, String> arguments = new LinkedHashMap<>();
  private boolean ownCommand;

  StageState(ImageDraft draft, char escape) {
    this.draft = draft;
    this.escape = escape;
  }

  /** A stage that begins where this one has ended; it has no ARGs. */
  StageState next() {
    return new StageState(draft.copy(), escape);
  }

  ImageDraft draft() {
    return draft;
  }

  ConfigEditor config() {
    return new ConfigEditor(draft.runConfig());
  }

  void argument(String name, String value) {
    arguments.put(name, value);
  }

  /** A CMD of this stage: an ENTRYPOINT behind it does not take it away. */
  void hasOwnCommand() {
    ownCommand = true;
  }

  boolean ownCommand() {
    return ownCommand;
  }

  /** Where commands run and relative paths begin. */
  String folder() {
    String folder = config().workingDirectory();
    return folder.isEmpty() ? "/" : folder;
  }

  /** Replaces variables and takes quotes off. */
  String expand(String word) {
    return expander().expand(word);
  }

  VariableExpander expander() {
    Map<String, String> variables = new LinkedHashMap<>(arguments);
    for (String entry : config().env()) {
      int equals = entry.indexOf('=');
      variables.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return new VariableExpander(escape, name -> Optional.ofNullable(variables.get(name)));
  }

  /** ARGs as commands see them, {@code NAME=value}: not those that an ENV overrides. */
  List<String> visibleArguments() {
    List<String> names =
        config().env().stream().map(entry -> entry.substring(0, entry.indexOf('='))).toList();
    List<String> visible = new ArrayList<>();
    arguments.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            visible.add(name + "=" + value);
          }
        });
    return visible;
  }
}
