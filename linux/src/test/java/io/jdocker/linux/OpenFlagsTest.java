package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values of asm-generic/fcntl.h and of arch/arm64/include/uapi/asm/fcntl.h. */
final class OpenFlagsTest {
  @Test
  void onX86TheConstantsAreTheKernelsOwn() {
    int all = OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC | OpenFlags.O_RDWR;
    assertEquals(0xb0002, OpenFlags.forKernel(all, Architecture.X86_64));
  }

  @ParameterizedTest
  @CsvSource({"0x10000, 0x4000", "0x20000, 0x8000", "0x30000, 0xc000", "0x0, 0x0"})
  void onArmFoldersAndLinksHaveOtherBits(String flags, String expected) {
    assertEquals(
        Integer.decode(expected).longValue(),
        OpenFlags.forKernel(Integer.decode(flags), Architecture.AARCH64));
  }

  @Test
  void onArmAllOtherFlagsStay() {
    int others =
        OpenFlags.O_WRONLY
            | OpenFlags.O_CREAT
            | OpenFlags.O_EXCL
            | OpenFlags.O_NOCTTY
            | OpenFlags.O_TRUNC
            | OpenFlags.O_APPEND
            | OpenFlags.O_NONBLOCK
            | OpenFlags.O_CLOEXEC
            | OpenFlags.O_PATH;
    assertEquals(others, OpenFlags.forKernel(others, Architecture.AARCH64));
    assertEquals(
        others | 0xc000L,
        OpenFlags.forKernel(
            others | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW, Architecture.AARCH64));
  }
}
