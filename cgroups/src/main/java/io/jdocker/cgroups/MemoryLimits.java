package io.jdocker.cgroups;

/**
 * What memory a container may use.
 *
 * @param limit bytes; 0: no limit
 * @param swap bytes of memory and swap together; -1: swap without limit; 0: twice the memory
 * @param reservation bytes below which memory is not reclaimed; 0: none
 * @param swappiness 0 to 100, {@link #UNSET} for the kernel's own; v1 only
 * @param oomKillDisable stop processes for want of memory instead of killing one; v1 only
 */
public record MemoryLimits(
    long limit, long swap, long reservation, long swappiness, boolean oomKillDisable) {
  /** No swappiness of its own: 0 is a value. */
  public static final long UNSET = -1;

  public static MemoryLimits none() {
    return new MemoryLimits(0, 0, 0, UNSET, false);
  }

  /** Memory and swap together: twice the memory unless told otherwise, as Docker does. */
  public long effectiveSwap() {
    return swap == 0 && limit > 0 ? 2 * limit : swap;
  }

  /** With what the change sets in place of what it was. */
  MemoryLimits updatedBy(MemoryLimits change) {
    return new MemoryLimits(
        Limits.firstSet(change.limit, limit),
        Limits.firstSet(change.swap, swap),
        Limits.firstSet(change.reservation, reservation),
        change.swappiness == UNSET ? swappiness : change.swappiness,
        change.oomKillDisable || oomKillDisable);
  }
}
