package io.jdocker.images.tree;

import java.util.Optional;

/**
 * What a {@link TreeWriter} does where an archive and what is there already disagree.
 *
 * @param keepKinds refuses to put a folder in the place of a file, or a file in a folder's
 *     (docker's noOverwriteDirNonDir)
 * @param followFolders a folder of the archive goes into the folder that a link of its name leads
 *     to, instead of replacing the link
 * @param devices whether device nodes may be made
 * @param owner who owns what is written; empty: whom the archive names
 */
public record WriteRules(
    boolean keepKinds, boolean followFolders, boolean devices, Optional<Owner> owner) {
  /** User and group, as numbers. */
  public record Owner(int uid, int gid) {}

  /** Of {@code docker cp}. */
  public static WriteRules copy(boolean keepKinds, Optional<Owner> owner) {
    return new WriteRules(keepKinds, false, true, owner);
  }

  /** Of what a client sends to be built from: nothing there that a user could not make. */
  public static WriteRules context() {
    return new WriteRules(false, false, false, Optional.of(new Owner(0, 0)));
  }

  /** Of {@code COPY} and {@code ADD}. */
  public static WriteRules build() {
    return new WriteRules(false, true, true, Optional.empty());
  }
}
