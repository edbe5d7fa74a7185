package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs for the kernel's verifier: two instructions that it takes, and some that it refuses. */
final class BpfCallsIT {
  private static final int MOV_IMMEDIATE = 0xb7;
  private static final int EXIT = 0x95;

  private final Kernel kernel = Kernel.load();
  private final BpfCalls bpf = new BpfCalls(kernel);
  @TempDir Path dir;

  /** struct bpf_insn: code, registers, offset, immediate value. */
  private static byte[] program(int... codesAndValues) {
    ByteBuffer program =
        ByteBuffer.allocate(codesAndValues.length / 2 * 8).order(ByteOrder.nativeOrder());
    for (int i = 0; i < codesAndValues.length; i += 2) {
      program
          .put((byte) codesAndValues[i])
          .put((byte) 0)
          .putShort((short) 0)
          .putInt(codesAndValues[i + 1]);
    }
    return program.array();
  }

  private Fd load(byte[] program) {
    return bpf.load(BpfCalls.PROG_TYPE_CGROUP_DEVICE, program);
  }

  @Test
  void aProgramThatAllowsAllIsTaken() {
    try (Fd program = load(program(MOV_IMMEDIATE, 1, EXIT, 0))) {
      assertTrue(program.isOpen());
    }
  }

  @Test
  void aRefusedProgramIsToldInTheVerifiersWords() {
    // Register 0, which holds the verdict, was never set.
    SyscallException e = assertThrows(SyscallException.class, () -> load(program(EXIT, 0)));
    assertTrue(e.is(Errno.EACCES), e.getMessage());
    assertTrue(e.getMessage().contains("R0 !read_ok"), e.getMessage());
  }

  @Test
  void aProgramWithoutAnEndIsRefused() {
    assertThrows(SyscallException.class, () -> load(program(MOV_IMMEDIATE, 1)));
  }

  @Test
  void noProgramAtAllIsRefused() {
    SyscallException e = assertThrows(SyscallException.class, () -> load(new byte[0]));
    assertTrue(e.is(Errno.E2BIG) || e.is(Errno.EINVAL), e.getMessage());
  }

  @Test
  void aRefusalLeavesNoDescriptor() {
    int before = next();
    for (int i = 0; i < 20; i++) {
      assertThrows(SyscallException.class, () -> load(program(EXIT, 0)));
    }
    assertEquals(before, next());
  }

  /** The number that the next descriptor gets. */
  private int next() {
    try (Fd fd = kernel.files().open("/dev/null", OpenFlags.O_RDONLY, 0)) {
      return fd.number();
    }
  }

  @Test
  void onlyAControlGroupTakesAProgram() {
    try (Fd program = load(program(MOV_IMMEDIATE, 1, EXIT, 0));
        Fd folder = kernel.files().open(dir.toString(), OpenFlags.O_DIRECTORY, 0)) {
      SyscallException e =
          assertThrows(
              SyscallException.class,
              () -> bpf.attach(program, folder, BpfCalls.ATTACH_CGROUP_DEVICE));
      assertTrue(e.is(Errno.EBADF), e.getMessage());
      assertTrue(
          e.getMessage().startsWith("bpf(BPF_PROG_ATTACH, " + folder + ", " + program + "): "),
          e.getMessage());
    }
  }
}
