package io.jdocker.linux.capability;

import io.jdocker.linux.Sysctl;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An immutable set of capabilities.
 *
 * @param bits one bit a capability, by its number; bits of capabilities newer than {@link
 *     Capability} are kept, so that they can be dropped
 */
public record CapabilitySet(long bits) {
  /** No capability. */
  public static CapabilitySet empty() {
    return new CapabilitySet(0);
  }

  /** Every capability of this kernel, also those newer than {@link Capability}. */
  public static CapabilitySet all() {
    return new CapabilitySet((2L << Integer.parseInt(Sysctl.read("kernel.cap_last_cap"))) - 1);
  }

  public static CapabilitySet of(Capability... capabilities) {
    return of(Arrays.asList(capabilities));
  }

  public static CapabilitySet of(Iterable<Capability> capabilities) {
    long bits = 0;
    for (Capability capability : capabilities) {
      bits |= bit(capability);
    }
    return new CapabilitySet(bits);
  }

  /** What a container gets unless told otherwise: the same fourteen as Docker gives. */
  public static CapabilitySet dockerDefault() {
    return of(
        Capability.CHOWN,
        Capability.DAC_OVERRIDE,
        Capability.FSETID,
        Capability.FOWNER,
        Capability.MKNOD,
        Capability.NET_RAW,
        Capability.SETGID,
        Capability.SETUID,
        Capability.SETFCAP,
        Capability.SETPCAP,
        Capability.NET_BIND_SERVICE,
        Capability.SYS_CHROOT,
        Capability.KILL,
        Capability.AUDIT_WRITE);
  }

  public boolean contains(Capability capability) {
    return (bits & bit(capability)) != 0;
  }

  public CapabilitySet plus(CapabilitySet other) {
    return new CapabilitySet(bits | other.bits);
  }

  public CapabilitySet minus(CapabilitySet other) {
    return new CapabilitySet(bits & ~other.bits);
  }

  public CapabilitySet intersect(CapabilitySet other) {
    return new CapabilitySet(bits & other.bits);
  }

  public boolean isEmpty() {
    return bits == 0;
  }

  /** The known capabilities in it, by number. */
  public List<Capability> toList() {
    return Arrays.stream(Capability.values()).filter(this::contains).toList();
  }

  /** The numbers in it, those of unknown capabilities too. */
  public int[] numbers() {
    return IntStream.range(0, Long.SIZE).filter(n -> (bits >>> n & 1) != 0).toArray();
  }

  private static long bit(Capability capability) {
    return 1L << capability.number();
  }

  /** As capsh(1) and inspect documents list them: {@code CAP_CHOWN,CAP_KILL}. */
  @Override
  public String toString() {
    return String.join(",", toList().stream().map(Capability::kernelName).toList());
  }
}
