package io.jdocker.linux.seccomp;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.Optional;
import java.util.Set;

/** A way to make system calls: one numbering of calls under one AUDIT_ARCH value. */
enum SyscallAbi {
  X86_64("SCMP_ARCH_X86_64", Architecture.X86_64.auditValue(), 0, 0x40000000),
  /** 32-bit pointers on x86-64: same AUDIT_ARCH, its numbers have bit 30 set. */
  X32("SCMP_ARCH_X32", Architecture.X86_64.auditValue(), 0x40000000, 512),
  X86("SCMP_ARCH_X86", 0x40000003, 0, Integer.MAX_VALUE),
  AARCH64("SCMP_ARCH_AARCH64", Architecture.AARCH64.auditValue(), 0, Integer.MAX_VALUE),
  ARM("SCMP_ARCH_ARM", 0x40000028, 0, 0xf0000);

  private static final Set<String> OTHER_MACHINES =
      Set.of(
          "SCMP_ARCH_LOONGARCH64",
          "SCMP_ARCH_M68K",
          "SCMP_ARCH_MIPS",
          "SCMP_ARCH_MIPS64",
          "SCMP_ARCH_MIPS64N32",
          "SCMP_ARCH_MIPSEL",
          "SCMP_ARCH_MIPSEL64",
          "SCMP_ARCH_MIPSEL64N32",
          "SCMP_ARCH_PARISC",
          "SCMP_ARCH_PARISC64",
          "SCMP_ARCH_PPC",
          "SCMP_ARCH_PPC64",
          "SCMP_ARCH_PPC64LE",
          "SCMP_ARCH_RISCV64",
          "SCMP_ARCH_S390",
          "SCMP_ARCH_S390X",
          "SCMP_ARCH_SH",
          "SCMP_ARCH_SHEB");

  private final String profileName;
  private final int auditValue;
  private final int base;
  private final int privateStart;

  SyscallAbi(String profileName, int auditValue, int base, int privateStart) {
    this.profileName = profileName;
    this.auditValue = auditValue;
    this.base = base;
    this.privateStart = privateStart;
  }

  static SyscallAbi of(Architecture architecture) {
    return architecture == Architecture.X86_64 ? X86_64 : AARCH64;
  }

  /**
   * The ABI a profile names; empty for one of a machine that jdocker does not run on.
   *
   * @throws InvalidArgument for a name that libseccomp does not know either
   */
  static Optional<SyscallAbi> named(String profileName) {
    for (SyscallAbi abi : values()) {
      if (abi.profileName.equals(profileName)) {
        return Optional.of(abi);
      }
    }
    if (OTHER_MACHINES.contains(profileName)) {
      return Optional.empty();
    }
    throw new InvalidArgument("invalid seccomp architecture \"" + profileName + "\"");
  }

  /** True for another ABI of the machine that this one is the own ABI of. */
  boolean isBeside(SyscallAbi other) {
    return switch (this) {
      case X86_64 -> other == X32 || other == X86;
      case AARCH64 -> other == ARM;
      case X32, X86, ARM -> false;
    };
  }

  /** The value a filter finds in seccomp_data.arch. */
  int auditValue() {
    return auditValue;
  }

  /** What is added to a number of the table to get the one that a filter sees. */
  int base() {
    return base;
  }

  /**
   * Numbers of the table from here on are private to the ABI: new system calls get lower ones, so
   * these do not tell how new a profile is.
   */
  int privateStart() {
    return privateStart;
  }
}
