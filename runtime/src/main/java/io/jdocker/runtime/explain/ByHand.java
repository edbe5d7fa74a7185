package io.jdocker.runtime.explain;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Where a script keeps what the engine kept for the container: a folder below the engine's root, on
 * the same file system as the image's layers.
 */
record ByHand(Subject subject) {
  /** Programs that run inside before the command, called like the shell's own. */
  static final List<String> TOOLS_INSIDE =
      List.of("mount", "umount", "mkdir", "rmdir", "mknod", "chmod", "ln", "touch");

  /** Programs that the last line runs. */
  static final List<String> LAST_TOOLS = List.of("setpriv", "env");

  private static final String FOLDER = "by-hand";

  /** Absolute. */
  Path folder() {
    return subject.root().resolve(FOLDER).resolve(subject.shortId());
  }

  /** A command that names the script's folders instead of the engine's. */
  String moved(String command) {
    // Relative to the engine's root, as the layers are: mount(2) takes one page of options.
    String layers = FOLDER + "/" + subject.shortId();
    return command
        .replace(subject.folder().toString(), folder().toString())
        .replaceAll(
            "upperdir=(\\\\.|[^,\\\\])*", Matcher.quoteReplacement("upperdir=" + layers + "/upper"))
        .replaceAll(
            "workdir=(\\\\.|[^,\\\\])*", Matcher.quoteReplacement("workdir=" + layers + "/work"));
  }
}
