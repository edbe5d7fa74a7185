package io.jdocker.linux.launch;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The keeper: a static ELF program of under 1 KB that waits for its one child, appends the child's
 * wait status to the descriptor {@link #STATUS_FD} and ends. Meanwhile it just holds descriptors,
 * at fixed numbers, where a new daemon takes them with pidfd_getfd(2). It is {@link SetupRoutine}
 * with a program of three calls. See elf(5).
 */
public final class KeeperImage {
  /** Write end of the payload's standard input, where it must outlive the JVM. */
  public static final int STDIN_FD = 3;

  /** Read end of the payload's standard output. */
  public static final int STDOUT_FD = 4;

  /** Read end of the payload's standard error. */
  public static final int STDERR_FD = 5;

  /** The pty master, where the payload has a terminal. */
  public static final int TERMINAL_FD = 6;

  /** The status record, see {@link StatusRecord}. */
  public static final int STATUS_FD = 7;

  /** Read end of the pipe of {@link #NOTICE_FD}, for the engine that comes after this one. */
  public static final int NOTICE_READ_FD = 8;

  /** Write end of the pipe that becomes readable when the payload has ended, or the keeper has. */
  public static final int NOTICE_FD = 9;

  /** The highest number that a keeper holds. */
  public static final int LAST_FD = NOTICE_FD;

  private static final int LOAD_ADDRESS = 0x10000;
  private static final int ELF_HEADER_SIZE = 64;
  private static final int PROGRAM_HEADER_SIZE = 56;
  private static final int ALIGNMENT = 8;

  private KeeperImage() {}

  /** The executable for the architecture. */
  public static byte[] executable(Architecture architecture) {
    Operand.Memory status = new Operand.Memory(new byte[8], "status");
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.add("wait for the child", Sys.WAIT4, Operand.of(-1), status);
    program.add("record how it ended", Sys.WRITE, Operand.of(STATUS_FD), status, Operand.of(8));
    program.add("tell the engine", Sys.WRITE, Operand.of(NOTICE_FD), status, Operand.of(1));
    program.add("hold on until killed", Sys.PPOLL, Operand.of(0), Operand.of(0), Operand.of(0));
    return executable(program.build(), architecture);
  }

  /** Any program as a static executable; its first operand needs no argv. */
  static byte[] executable(LaunchProgram program, Architecture architecture) {
    byte[] routine = SetupRoutine.code(architecture);
    int entry = ELF_HEADER_SIZE + PROGRAM_HEADER_SIZE;
    int image = align(entry + ALIGNMENT + routine.length);
    byte[] steps = layout(program, LOAD_ADDRESS + image, architecture);
    int total = image + steps.length;
    ByteBuffer elf = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    writeHeaders(elf, architecture, LOAD_ADDRESS + entry, total);
    elf.put(entry, loadAddressOf(LOAD_ADDRESS + image, architecture));
    elf.put(entry + ALIGNMENT, routine);
    elf.put(image, steps);
    return elf.array();
  }

  private static byte[] layout(LaunchProgram program, long address, Architecture architecture) {
    return new ProgramImage(program).bytes(address, architecture);
  }

  private static int align(int offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static void writeHeaders(
      ByteBuffer elf, Architecture architecture, int entry, int total) {
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2 /* 64 bit */, 1 /* little endian */, 1});
    elf.putShort(16, (short) 2); // ET_EXEC
    elf.putShort(18, (short) architecture.elfMachine());
    elf.putInt(20, 1); // EV_CURRENT
    elf.putLong(24, entry);
    elf.putLong(32, ELF_HEADER_SIZE); // where the program header stands
    elf.putShort(52, (short) ELF_HEADER_SIZE);
    elf.putShort(54, (short) PROGRAM_HEADER_SIZE);
    elf.putShort(56, (short) 1); // one program header
    elf.position(ELF_HEADER_SIZE);
    elf.putInt(1); // PT_LOAD
    elf.putInt(7); // PF_R | PF_W | PF_X: the routine writes results beside itself
    elf.putLong(0).putLong(LOAD_ADDRESS).putLong(LOAD_ADDRESS);
    elf.putLong(total).putLong(total).putLong(0x1000);
  }

  /** Code of 8 bytes at most that puts the header's address where the routine expects it. */
  private static byte[] loadAddressOf(int address, Architecture architecture) {
    ByteBuffer code = ByteBuffer.allocate(ALIGNMENT).order(ByteOrder.LITTLE_ENDIAN);
    if (architecture == Architecture.X86_64) {
      code.put((byte) 0xbf).putInt(address); // mov edi, address
      code.put(new byte[] {(byte) 0x90, (byte) 0x90, (byte) 0x90}); // nop
    } else {
      code.putInt(0xd2800000 | (address & 0xffff) << 5); // movz x0, #low
      code.putInt(0xf2a00000 | (address >>> 16) << 5); // movk x0, #high, lsl #16
    }
    return code.array();
  }
}
