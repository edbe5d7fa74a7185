package io.jdocker.engine;

import java.nio.file.Path;

/** Something mounted into a container. */
public sealed interface Mount {
  /** Absolute path in the container. */
  String target();

  /** The same, which the container can only read. */
  Mount readOnly();

  /** A folder or file of the host; it must be there. */
  static Mount bind(Path source, String target) {
    return new Bind(source, target, false);
  }

  /** A volume, made where there is none of that name. */
  static Mount volume(String name, String target) {
    return new Named(name, target, false);
  }

  /** A file system in memory, empty at each start; as large as half of the machine's. */
  static Tmpfs tmpfs(String target) {
    return new Tmpfs(target, 0, false);
  }

  /**
   * A folder or file of the host.
   *
   * @param source of the host
   */
  record Bind(Path source, String target, boolean isReadOnly) implements Mount {
    @Override
    public Mount readOnly() {
      return new Bind(source, target, true);
    }
  }

  /** A volume. */
  record Named(String name, String target, boolean isReadOnly) implements Mount {
    @Override
    public Mount readOnly() {
      return new Named(name, target, true);
    }
  }

  /**
   * A file system in memory.
   *
   * @param size bytes at most; 0: half of the machine's memory
   */
  record Tmpfs(String target, long size, boolean isReadOnly) implements Mount {
    /** The same, that large at most. */
    public Tmpfs withSize(long bytes) {
      return new Tmpfs(target, bytes, isReadOnly);
    }

    @Override
    public Mount readOnly() {
      return new Tmpfs(target, size, true);
    }
  }
}
