package io.jdocker.cli.build;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Console;
import io.jdocker.cli.copy.LocalUnpack;
import io.jdocker.cli.image.ArchiveInput;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a build's result goes: {@code --output}.
 *
 * @param form what the engine is to give away, {@code rootfs} or {@code archive}; empty: it keeps
 *     the image
 * @param unpacked whether files are written instead of an archive
 * @param path a folder or file; "-" is standard output
 * @param name of the image; empty: what -t says
 */
record BuildDestination(String form, boolean unpacked, String path, String name) {
  private static final BuildDestination STORE = new BuildDestination("", false, "", "");

  /** Reads {@code type=tar,dest=FILE}, or a folder alone, or {@code -}. */
  static BuildDestination of(List<String> outputs) {
    if (outputs.isEmpty()) {
      return STORE;
    }
    if (outputs.size() > 1) {
      throw new CommandFailure("multiple outputs are not supported: name one --output");
    }
    String text = outputs.get(0);
    if (text.equals("-")) {
      return checked(new BuildDestination("rootfs", false, "-", ""));
    }
    if (!text.contains("=")) {
      return checked(new BuildDestination("rootfs", true, text, ""));
    }
    Map<String, String> fields = fields(text);
    String type = fields.getOrDefault("type", "");
    String path = fields.getOrDefault("dest", "");
    String name = fields.getOrDefault("name", "");
    return switch (type) {
      case "local" -> checked(new BuildDestination("rootfs", true, path, name));
      case "tar" -> checked(new BuildDestination("rootfs", false, orStandard(path), name));
      case "oci" -> checked(new BuildDestination("archive", false, orStandard(path), name));
      case "docker" ->
          path.isEmpty()
              ? new BuildDestination("", false, "", name)
              : checked(new BuildDestination("archive", false, path, name));
      case "image" -> new BuildDestination("", false, "", name);
      case "" -> throw new CommandFailure("type is required for output");
      default ->
          throw new CommandFailure(
              "unsupported output type " + type + ": local, tar, oci, docker or image");
    };
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      String key = equals < 0 ? field : field.substring(0, equals);
      if (equals < 0 || !List.of("type", "dest", "name").contains(key)) {
        throw new CommandFailure("invalid value " + field + " in output \"" + text + "\"");
      }
      fields.put(key, field.substring(equals + 1));
    }
    return fields;
  }

  private static String orStandard(String path) {
    return path.isEmpty() ? "-" : path;
  }

  private static BuildDestination checked(BuildDestination output) {
    if (output.unpacked && (output.path.isEmpty() || output.path.equals("-"))) {
      throw new CommandFailure("output directory is required for local exporter");
    }
    Path file = Path.of(output.path);
    if (output.unpacked && Files.exists(file) && !Files.isDirectory(file)) {
      throw new CommandFailure("destination directory " + output.path + " is a file");
    }
    if (!output.unpacked && Files.isDirectory(file)) {
      throw new CommandFailure("destination file is a directory: " + output.path);
    }
    if (output.path.equals("-") && StandardStream.isTerminal(1)) {
      throw new CommandFailure("dest file is required: refusing to write to a terminal");
    }
    return output;
  }

  boolean isStore() {
    return form.isEmpty();
  }

  /** Whether the result goes where the progress would: that then goes to the error stream. */
  boolean isStandard() {
    return path.equals("-");
  }

  /** Writes the result: all of a file or nothing. */
  void receive(InputStream result, Console console) throws IOException {
    if (unpacked) {
      Path folder = Files.createDirectories(Path.of(path)).toRealPath();
      new LocalUnpack(folder, ".", ".").run(result);
      ArchiveInput.copy(result, OutputStream.nullOutputStream());
    } else if (isStandard()) {
      ArchiveInput.copy(result, console.out());
      console.out().flush();
    } else {
      writeFile(result, Path.of(path).toAbsolutePath());
    }
  }

  private static void writeFile(InputStream result, Path file) throws IOException {
    Path part = Files.createTempFile(file.getParent(), ".jdocker_build", null);
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        ArchiveInput.copy(result, out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
