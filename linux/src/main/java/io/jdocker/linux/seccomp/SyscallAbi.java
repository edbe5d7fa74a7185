package io.jdocker.linux.seccomp;

import io.jdocker.linux.Architecture;
import java.util.Optional;

/** A way to make system calls: one numbering of calls under one AUDIT_ARCH value. */
enum SyscallAbi {
  X86_64("SCMP_ARCH_X86_64", Architecture.X86_64.auditValue(), 0, 0x40000000),
  /** 32-bit pointers on x86-64: same AUDIT_ARCH, its numbers have bit 30 set. */
  X32("SCMP_ARCH_X32", Architecture.X86_64.auditValue(), 0x40000000, 512),
  X86("SCMP_ARCH_X86", 0x40000003, 0, Integer.MAX_VALUE),
  AARCH64("SCMP_ARCH_AARCH64", Architecture.AARCH64.auditValue(), 0, Integer.MAX_VALUE),
  ARM("SCMP_ARCH_ARM", 0x40000028, 0, 0xf0000);

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

  /** The ABI a profile names, where it is one of the two machines jdocker runs on. */
  static Optional<SyscallAbi> named(String profileName) {
    for (SyscallAbi abi : values()) {
      if (abi.profileName.equals(profileName)) {
        return Optional.of(abi);
      }
    }
    return Optional.empty();
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
