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
 * @param traits what is seldom asked for
 */
public record MountSpec(
    Kind kind,
    String source,
    String target,
    boolean readOnly,
    String mode,
    String options,
    boolean createSource,
    MountTraits traits) {
  /** What stands behind a mount. */
  public enum Kind {
    BIND,
    VOLUME,
    TMPFS
  }

  /** A mount of which nothing special is asked. */
  public MountSpec(
      Kind kind,
      String source,
      String target,
      boolean readOnly,
      String mode,
      String options,
      boolean createSource) {
    this(kind, source, target, readOnly, mode, options, createSource, MountTraits.standard());
  }

  public MountSpec withSource(String other) {
    return new MountSpec(kind, other, target, readOnly, mode, options, createSource, traits);
  }

  public MountSpec withTraits(MountTraits other) {
    return new MountSpec(kind, source, target, readOnly, mode, options, createSource, other);
  }

  /** The same, with that mode and read-only as told: as another container gets it. */
  public MountSpec withMode(String otherMode, boolean otherReadOnly) {
    return new MountSpec(
        kind, source, target, otherReadOnly, otherMode, options, createSource, traits);
  }
}
