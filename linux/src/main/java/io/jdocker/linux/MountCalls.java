package io.jdocker.linux;

/** Calls on mounts, in the calling thread's mount namespace. See mount(2), mount_setattr(2). */
public final class MountCalls {
  public static final long MS_RDONLY = 1;
  public static final long MS_NOSUID = 2;
  public static final long MS_NODEV = 4;
  public static final long MS_NOEXEC = 8;
  public static final long MS_SYNCHRONOUS = 16;
  public static final long MS_REMOUNT = 32;
  public static final long MS_DIRSYNC = 128;
  public static final long MS_NOATIME = 1024;
  public static final long MS_NODIRATIME = 2048;
  public static final long MS_BIND = 4096;
  public static final long MS_REC = 16384;
  public static final long MS_PRIVATE = 1 << 18;
  public static final long MS_SLAVE = 1 << 19;
  public static final long MS_SHARED = 1 << 20;
  public static final long MS_RELATIME = 1 << 21;
  public static final long MS_STRICTATIME = 1 << 24;
  public static final int MNT_DETACH = 2;
  public static final int UMOUNT_NOFOLLOW = 8;

  public static final int OPEN_TREE_CLONE = 1;
  public static final int OPEN_TREE_CLOEXEC = 02000000;
  public static final int AT_RECURSIVE = 0x8000;
  public static final int MOVE_MOUNT_F_EMPTY_PATH = 0x04;
  public static final int MOVE_MOUNT_T_SYMLINKS = 0x10;
  public static final int MOVE_MOUNT_T_EMPTY_PATH = 0x40;

  private static final int MOUNT_ATTR_RDONLY = 1;
  private static final int MOUNT_ATTR_NOSUID = 2;
  private static final int MOUNT_ATTR_NODEV = 4;
  private static final int MOUNT_ATTR_NOEXEC = 8;
  private static final int MOUNT_ATTR_IDMAP = 0x00100000;
  private static final int MOUNT_ATTR_SEALED =
      MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  private static final int MOUNT_ATTR_SIZE = 32;

  private final Kernel kernel;

  MountCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /** mount(2); {@code null} operands are passed as NULL. */
  public void mount(String source, String target, String type, long flags, String data) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(
          () ->
              source + ", " + target + ", " + type + ", 0x" + Long.toHexString(flags) + ", " + data,
          Sys.MOUNT,
          pointer(arena, source),
          arena.string(target),
          pointer(arena, type),
          flags,
          pointer(arena, data));
    }
  }

  /** umount2(2). */
  public void unmount(String target, int flags) {
    try (NativeArena arena = new NativeArena()) {
      kernel.call(() -> '"' + target + '"', Sys.UMOUNT2, arena.string(target), flags);
    }
  }

  /** open_tree(2) (Linux 5.2): a detached copy of a mount where flags hold OPEN_TREE_CLONE. */
  public Fd openTree(int directory, String path, int flags) {
    try (NativeArena arena = new NativeArena()) {
      long fd =
          kernel.call(
              () -> directory + ", \"" + path + '"',
              Sys.OPEN_TREE,
              directory,
              arena.string(path),
              flags | OPEN_TREE_CLOEXEC);
      return Fd.opened(kernel, fd);
    }
  }

  /** move_mount(2) (Linux 5.2): attaches a detached tree on top of what the target is open on. */
  public void attach(Fd tree, Fd target) {
    try (NativeArena arena = new NativeArena()) {
      long empty = arena.string("");
      kernel.call(
          () -> tree + ", " + target,
          Sys.MOVE_MOUNT,
          tree.number(),
          empty,
          target.number(),
          empty,
          MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
    }
  }

  /** Makes a detached tree and all below it read-only: mount_setattr(2) (Linux 5.12). */
  public void setReadOnly(Fd tree) {
    setAttributes(tree, MOUNT_ATTR_RDONLY, 0, true);
  }

  /**
   * Makes a detached tree and all below it private, read-only, and of no use for programs and
   * devices, in one call.
   */
  public void seal(Fd tree) {
    setAttributes(tree, MOUNT_ATTR_SEALED, MS_PRIVATE, true);
  }

  /** Makes the top of a detached tree read-only, and nothing that is mounted below it. */
  public void setTopReadOnly(Fd tree) {
    setAttributes(tree, MOUNT_ATTR_RDONLY, 0, false);
  }

  /**
   * How mounts and unmounts pass between a detached tree and its likes, see mount_namespaces(7).
   *
   * @param propagation MS_PRIVATE, MS_SLAVE or MS_SHARED
   * @param recursive also of what is mounted below it
   */
  public void setPropagation(Fd tree, long propagation, boolean recursive) {
    setAttributes(tree, 0, propagation, recursive);
  }

  /**
   * Makes files of a detached tree, at its top alone, belong to who the user namespace says: who is
   * 0 on disk is seen as the one that 0 is mapped to (Linux 5.12; which file systems can, see
   * mount_setattr(2)).
   *
   * @throws SyscallException EINVAL where the file system cannot
   */
  public void mapIds(Fd tree, Fd userNamespace) {
    try (NativeArena arena = new NativeArena()) {
      long attribute = arena.allocate(MOUNT_ATTR_SIZE);
      NativeArena.putLong(attribute, MOUNT_ATTR_IDMAP);
      NativeArena.putLong(attribute + 16, MS_PRIVATE);
      NativeArena.putLong(attribute + 24, userNamespace.number());
      kernel.call(
          () -> tree + ", MOUNT_ATTR_IDMAP, userns_fd=" + userNamespace,
          Sys.MOUNT_SETATTR,
          tree.number(),
          arena.string(""),
          FileCalls.AT_EMPTY_PATH,
          attribute,
          MOUNT_ATTR_SIZE);
    }
  }

  private void setAttributes(Fd tree, long set, long propagation, boolean recursive) {
    try (NativeArena arena = new NativeArena()) {
      long attribute = arena.allocate(MOUNT_ATTR_SIZE);
      NativeArena.putLong(attribute, set);
      NativeArena.putLong(attribute + 16, propagation);
      kernel.call(
          () ->
              tree
                  + (set == 0 ? "" : ", MOUNT_ATTR 0x" + Long.toHexString(set))
                  + (propagation == 0 ? "" : ", propagation 0x" + Long.toHexString(propagation)),
          Sys.MOUNT_SETATTR,
          tree.number(),
          arena.string(""),
          FileCalls.AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0),
          attribute,
          MOUNT_ATTR_SIZE);
    }
  }

  private static long pointer(NativeArena arena, String text) {
    return text == null ? 0 : arena.string(text);
  }
}
