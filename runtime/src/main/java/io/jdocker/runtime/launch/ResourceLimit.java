package io.jdocker.runtime.launch;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;

/**
 * A limit of setrlimit(2).
 *
 * @param soft what holds; {@link #UNLIMITED} for no limit
 * @param hard what the process may raise it to
 */
public record ResourceLimit(Kind kind, long soft, long hard) {
  /** RLIM_INFINITY. */
  static final long UNLIMITED = -1;

  /** The limits with the kernel's numbers (asm-generic/resource.h). */
  public enum Kind {
    CPU(0),
    FSIZE(1),
    DATA(2),
    STACK(3),
    CORE(4),
    RSS(5),
    NPROC(6),
    NOFILE(7),
    MEMLOCK(8),
    AS(9),
    LOCKS(10),
    SIGPENDING(11),
    MSGQUEUE(12),
    NICE(13),
    RTPRIO(14),
    RTTIME(15);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    String constant() {
      return "RLIMIT_" + name();
    }

    /** As prlimit(1) and Docker have it. */
    String lowerName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Docker knows all but the size of the address space. */
    static Kind named(String text) {
      for (Kind kind : values()) {
        if (kind != AS && kind.lowerName().equals(text)) {
          return kind;
        }
      }
      throw new InvalidArgument("invalid ulimit type: " + text);
    }
  }

  /**
   * A limit by Docker's name for it.
   *
   * @throws InvalidArgument for an unknown name, or a soft limit above the hard one
   */
  public static ResourceLimit of(String name, long soft, long hard) {
    ResourceLimit limit = new ResourceLimit(Kind.named(name), soft, hard);
    if (soft < UNLIMITED || hard < UNLIMITED) {
      throw new InvalidArgument("invalid ulimit " + name + ": limits are -1 or larger");
    }
    if (Long.compareUnsigned(soft, hard) > 0) {
      throw new InvalidArgument(
          "ulimit soft limit must be less than or equal to hard limit: " + soft + " > " + hard);
    }
    return limit;
  }

  String shown() {
    return text(soft) + ":" + text(hard);
  }

  private static String text(long limit) {
    return limit == UNLIMITED ? "unlimited" : Long.toString(limit);
  }
}
