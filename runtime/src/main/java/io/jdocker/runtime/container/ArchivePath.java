package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;

/**
 * A path of {@code docker cp} in a container, by Docker's rules: it starts at the root even without
 * a slash; "/" at its end asks for a folder and follows a link, "/." for what the folder holds.
 *
 * @param folder the folder that holds it, absolute
 * @param name its own name; empty for the root
 * @param memberName how its copy is called in an archive
 * @param throughLink a link at its end is followed, to what must be a folder
 */
record ArchivePath(String folder, String name, String memberName, boolean throughLink) {
  static ArchivePath parse(String path) {
    if (path.isEmpty()) {
      throw new InvalidArgument("bad parameter: the path of a file in the container is missing");
    }
    if (path.indexOf('\0') >= 0) {
      throw new InvalidArgument("invalid path: it holds a zero byte");
    }
    String clean = ContainerPath.clean(path);
    boolean content = path.equals(".") || path.endsWith("/.");
    int slash = clean.lastIndexOf('/');
    String name = clean.substring(slash + 1);
    return new ArchivePath(
        slash == 0 ? "/" : clean.substring(0, slash),
        name,
        content || name.isEmpty() ? "." : name,
        content || name.isEmpty() || path.endsWith("/"));
  }

  /** The whole of it, absolute and clean. */
  String whole() {
    return folder.equals("/") ? "/" + name : folder + "/" + name;
  }
}
