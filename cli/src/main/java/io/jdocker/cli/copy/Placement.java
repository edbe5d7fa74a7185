package io.jdocker.cli.copy;

import io.jdocker.cli.CommandFailure;

/**
 * Where a copy goes, by Docker's table: into a folder that exists, else under the name that was
 * given, in a folder that exists.
 *
 * @param folder the folder to unpack in
 * @param name what the source is called there; "." for what a source folder holds
 */
record Placement(String folder, String name) {
  /**
   * Decides.
   *
   * @param sourceName last part of the source's path, "." for {@code SOURCE/.}
   * @param target as typed, for its trailing slash
   */
  static Placement of(
      String sourceName,
      boolean sourceIsFolder,
      String target,
      boolean targetExists,
      boolean targetIsFolder) {
    if (targetExists && targetIsFolder) {
      return new Placement(target, sourceName);
    }
    if (targetExists && sourceIsFolder) {
      throw new CommandFailure("cannot copy directory");
    }
    boolean asksForFolder = target.endsWith("/") || target.endsWith("/.") || target.equals(".");
    if (asksForFolder && !sourceIsFolder) {
      throw new CommandFailure(targetExists ? "not a directory" : "no such directory");
    }
    return new Placement(parent(target), baseName(target));
  }

  /** The path without its last part. */
  static String parent(String path) {
    String clean = trimmed(path);
    int slash = clean.lastIndexOf('/');
    if (slash == 0) {
      return "/";
    }
    return slash < 0 ? "." : clean.substring(0, slash);
  }

  /** The last part; "." where the path asks for what a folder holds. */
  static String sourceName(String path) {
    if (path.equals(".") || path.endsWith("/.") || trimmed(path).isEmpty()) {
      return ".";
    }
    return baseName(path);
  }

  private static String baseName(String path) {
    String clean = trimmed(path);
    return clean.substring(clean.lastIndexOf('/') + 1);
  }

  private static String trimmed(String path) {
    String clean = path;
    while (clean.endsWith("/") || clean.endsWith("/.")) {
      clean = clean.substring(0, clean.length() - (clean.endsWith("/") ? 1 : 2));
    }
    return clean;
  }
}
