package io.jdocker.runtime.spec;

import java.util.Map;

/**
 * What is seldom asked of a mount.
 *
 * @param propagation {@code [r]private}, {@code [r]slave} or {@code [r]shared}; empty: rprivate
 * @param recursive what is mounted below a BIND's source comes along
 * @param volume what a VOLUME is made with, where it is not there yet
 */
public record MountTraits(
    Origin origin,
    String propagation,
    boolean recursive,
    ReadOnlyReach readOnlyReach,
    VolumeTraits volume) {

  /** Who asked for a mount. */
  public enum Origin {
    /** -v or --tmpfs. */
    FLAG,
    /** --mount. */
    MOUNT_FLAG,
    /** The image, or another container (--volumes-from). */
    INHERITED
  }

  /** How far a read-only BIND reaches into what is mounted below its source. */
  public enum ReadOnlyReach {
    /** As far as the kernel can: all of it since Linux 5.12. */
    AS_FAR_AS_POSSIBLE,
    /** The source alone. */
    TOP_ONLY,
    /** All of it, or an error. */
    ALL
  }

  /**
   * What is asked of a VOLUME.
   *
   * @param noCopy it gets nothing of what the image has at its target
   * @param subpath the folder or file of it that is mounted; empty: all of it
   * @param labels of a new one
   * @param driver {@code local}, or empty
   * @param driverOptions of a new one, as of mount(8): type, device, o
   */
  public record VolumeTraits(
      boolean noCopy,
      String subpath,
      Map<String, String> labels,
      String driver,
      Map<String, String> driverOptions) {
    public VolumeTraits {
      labels = Map.copyOf(labels);
      driverOptions = Map.copyOf(driverOptions);
    }

    public static VolumeTraits standard() {
      return new VolumeTraits(false, "", Map.of(), "", Map.of());
    }
  }

  /** What a mount is without a word about it. */
  public static MountTraits standard() {
    return new MountTraits(
        Origin.FLAG, "", true, ReadOnlyReach.AS_FAR_AS_POSSIBLE, VolumeTraits.standard());
  }

  public MountTraits withPropagation(String other) {
    return new MountTraits(origin, other, recursive, readOnlyReach, volume);
  }

  public MountTraits withVolume(VolumeTraits other) {
    return new MountTraits(origin, propagation, recursive, readOnlyReach, other);
  }

  public MountTraits withOrigin(Origin other) {
    return new MountTraits(other, propagation, recursive, readOnlyReach, volume);
  }
}
