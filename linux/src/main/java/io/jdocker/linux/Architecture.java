package io.jdocker.linux;

/** A machine architecture that jdocker can launch containers on. */
public enum Architecture {
  X86_64("x86_64", "amd64", 62, 0xc000003e),
  AARCH64("aarch64", "arm64", 183, 0xc00000b7);

  private final String machine;
  private final String ociName;
  private final int elfMachine;
  private final int auditValue;

  Architecture(String machine, String ociName, int elfMachine, int auditValue) {
    this.machine = machine;
    this.ociName = ociName;
    this.elfMachine = elfMachine;
    this.auditValue = auditValue;
  }

  /** The architecture this JVM runs on. */
  public static Architecture current() {
    String arch = System.getProperty("os.arch");
    return switch (arch) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "jdocker runs on x86_64 and aarch64, this machine is " + arch);
    };
  }

  /** As {@code uname -m} says it. */
  public String machine() {
    return machine;
  }

  /** As image configurations say it (GOARCH). */
  public String ociName() {
    return ociName;
  }

  /** The e_machine value of elf(5). */
  public int elfMachine() {
    return elfMachine;
  }

  /** The AUDIT_ARCH value that a seccomp filter sees (linux/audit.h). */
  public int auditValue() {
    return auditValue;
  }
}
