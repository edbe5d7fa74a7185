package io.jdocker.runtime.spec;

/**
 * Something mounted into a container.
 *
 * @param kind BIND, VOLUME or TMPFS
 * @param source BIND: absolute path of the host; VOLUME: its name, empty for an anonymous one
 * @param target absolute path in the container
 * @param mode as written after the second colon of -v, {@code ro} or empty
 * @param options TMPFS: mount options, comma-separated
 * @param createSource a BIND's missing source folder is made (-v), or an error (--mount)
 */
public record MountSpec(
    Kind kind,
    String source,
    String target,
    boolean readOnly,
    String mode,
    String options,
    boolean createSource) {
  /** What stands behind a mount. */
  public enum Kind {
    BIND,
    VOLUME,
    TMPFS
  }

  public MountSpec withSource(String other) {
    return new MountSpec(kind, other, target, readOnly, mode, options, createSource);
  }
}
