package io.jdocker.runtime.build;

import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tar.TarType;
import io.jdocker.images.tree.WriteRules;
import io.jdocker.linux.pattern.IgnoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Between a tree that is read and one that is written: leaves out what is ignored, and gives what
 * passes its new name, owner and mode. Members come in with their paths in the source tree.
 *
 * @param from what a path begins with
 * @param to what stands there instead
 * @param mode done to all but links
 */
record CopyFilter(
    TarSink next,
    IgnoreFile ignored,
    IgnoreFile excluded,
    String from,
    String to,
    Optional<WriteRules.Owner> owner,
    ModeChange mode)
    implements TarSink {
  @Override
  public void put(TarEntry entry, InputStream content) throws IOException {
    String path = clean(entry.name());
    if (!passes(path)) {
      return;
    }
    TarEntry changed = entry.withName(renamed(path));
    if (entry.type() == TarType.HARD_LINK) {
      changed = changed.withLink(TarType.HARD_LINK, renamed(clean(entry.linkName())));
    }
    if (owner.isPresent()) {
      changed = changed.withOwner(owner.get().uid(), owner.get().gid());
    }
    if (entry.type() != TarType.SYMBOLIC_LINK) {
      changed = changed.withMode(mode.apply(entry.mode(), entry.type() == TarType.DIRECTORY));
    }
    next.put(changed, content);
  }

  /** Whether a member is neither ignored nor excluded. */
  boolean passes(String name) {
    String path = clean(name);
    return !ignored.excludes(path) && !excluded.excludes(relative(path));
  }

  /** Members of the tree's root begin with "./". */
  private static String clean(String name) {
    String clean = name.startsWith("./") ? name.substring(2) : name;
    return clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
  }

  private String relative(String path) {
    return path.startsWith(from + "/") && !from.isEmpty()
        ? path.substring(from.length() + 1)
        : path;
  }

  private String renamed(String path) {
    if (path.equals(from)) {
      return to;
    }
    String below = from.isEmpty() ? path : path.substring(from.length() + 1);
    return to.isEmpty() ? below : to + "/" + below;
  }
}
