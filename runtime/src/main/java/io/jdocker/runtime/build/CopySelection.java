package io.jdocker.runtime.build;

import io.jdocker.images.tree.TreeRoot;
import io.jdocker.linux.Fd;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.pattern.IgnoreFile;
import io.jdocker.linux.pattern.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that the sources of a COPY mean: patterns resolved, what is ignored left out. */
final class CopySelection {
  /**
   * One of them.
   *
   * @param path from the root of the tree, without a leading slash; empty for the root itself
   * @param pivot how much of the path stays when parents are kept: the part behind "/./"
   */
  record Source(String path, boolean folder, String pivot) {
    /** The last part of the path. */
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  private final Kernel kernel;
  private final TreeRoot root;
  private final IgnoreFile ignored;

  CopySelection(Kernel kernel, SourceTree tree) {
    this.kernel = kernel;
    this.root = tree.root();
    this.ignored = tree.ignored();
  }

  /**
   * Finds what a source means, in order of names.
   *
   * @throws InvalidArgument with Docker's wording when it is nothing
   */
  List<Source> find(String source) {
    int pivot = source.indexOf("/./");
    List<String> paths = List.of("");
    for (String part : source.split("/", -1)) {
      if (part.equals("..")) {
        paths = paths.stream().map(CopySelection::parent).distinct().toList();
      } else if (!part.isEmpty() && !part.equals(".")) {
        paths = step(paths, part);
      }
    }
    List<Source> found = new ArrayList<>();
    for (String path : paths) {
      Optional<FileStatus> there = root.find("/" + path);
      if (there.isEmpty()) {
        continue; // a link that a pattern matched and that leads nowhere
      }
      FileStatus status = there.get();
      boolean wanted = path.isEmpty() || status.isDirectory() || !ignored.excludes(path);
      if (wanted) {
        found.add(new Source(path, status.isDirectory(), kept(path, source, pivot)));
      }
    }
    boolean hidden = found.stream().allMatch(s -> !s.path().isEmpty() && isHidden(s));
    if (found.isEmpty() || hidden) {
      throw new InvalidArgument(
          "COPY failed: file not found in build context or excluded by .dockerignore: stat "
              + source
              + ": file does not exist");
    }
    return found;
  }

  /** An ignored folder of which nothing is taken back. */
  private boolean isHidden(Source source) {
    return ignored.excludes(source.path()) && !ignored.takesBackAny();
  }

  private static String kept(String path, String source, int pivot) {
    if (pivot < 0) {
      return path;
    }
    String before = source.substring(0, pivot).replaceFirst("^/+", "");
    int depth = before.isEmpty() ? 0 : before.split("/", -1).length;
    String[] parts = path.split("/", -1);
    return String.join("/", List.of(parts).subList(Math.min(depth, parts.length), parts.length));
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** One part further, from each of the paths. */
  private List<String> step(List<String> paths, String part) {
    List<String> next = new ArrayList<>();
    for (String path : paths) {
      String prefix = path.isEmpty() ? "" : path + "/";
      if (!PathPattern.isPattern(part)) {
        if (exists(prefix + part)) {
          next.add(prefix + part);
        }
        continue;
      }
      PathPattern pattern = PathPattern.compile(part);
      for (String name : names(path)) {
        if (pattern.matches(name)) {
          next.add(prefix + name);
        }
      }
    }
    return next;
  }

  private boolean exists(String path) {
    return root.find("/" + path).isPresent();
  }

  private List<String> names(String path) {
    try (Fd folder = root.openFolder("/" + path);
        Fd list =
            kernel
                .files()
                .open(folder.number(), ".", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0, 0)) {
      return kernel.directories().names(list);
    } catch (SyscallException e) {
      if (TreeRoot.isMissing(e)) {
        return List.of();
      }
      throw e;
    }
  }
}
