package io.jdocker.linux.capability;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The capabilities of one process of a container, as the launch program sets them:
 *
 * <ol>
 *   <li>prctl(PR_CAPBSET_DROP) for each of {@link #dropsFrom}, while CAP_SETPCAP is still there;
 *   <li>setgroups, setgid, setuid;
 *   <li>capset(2) with {@link #header} and {@link #data}.
 * </ol>
 *
 * <p>The inheritable set is always empty: with one, a file's inheritable capabilities would come
 * alive in a container whose process has none (CVE-2022-29162, CVE-2022-24769). The ambient set
 * then is empty too, so a program run as another user than root has no capabilities but those of
 * its file, limited by the bounding set, just as after execve(2) outside of containers.
 *
 * @param bounding the most that any program in the container can ever get
 * @param effective what the process has until its exec: the bounding set for root, none otherwise
 */
public record CapabilityGrant(CapabilitySet bounding, CapabilitySet effective) {
  /** prctl(2): take a capability out of the bounding set. */
  public static final int PR_CAPBSET_DROP = 24;

  /** _LINUX_CAPABILITY_VERSION_3: two words of 32 bits for each set (Linux 2.6.26). */
  private static final int VERSION_3 = 0x20080522;

  private static final int HEADER_SIZE = 8;
  private static final int DATA_SIZE = 24;

  /**
   * The grant for a process of that user.
   *
   * @param uid the user that the container's process runs as
   */
  public static CapabilityGrant forUser(CapabilitySet bounding, int uid) {
    return new CapabilityGrant(bounding, uid == 0 ? bounding : CapabilitySet.empty());
  }

  /** The numbers to take out of the bounding set of a process that has the given one. */
  public int[] dropsFrom(CapabilitySet current) {
    return current.minus(bounding).numbers();
  }

  /** struct __user_cap_header_struct, for the calling thread. */
  public byte[] header() {
    byte[] header = new byte[HEADER_SIZE];
    words(header).putInt(VERSION_3);
    return header;
  }

  /** struct __user_cap_data_struct, twice: effective, permitted, inheritable, low words first. */
  public byte[] data() {
    byte[] data = new byte[DATA_SIZE];
    ByteBuffer words = words(data);
    for (int shift = 0; shift < Long.SIZE; shift += Integer.SIZE) {
      int word = (int) (effective.bits() >>> shift);
      words.putInt(word).putInt(word).putInt(0);
    }
    return data;
  }

  private static ByteBuffer words(byte[] struct) {
    return ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
  }
}
