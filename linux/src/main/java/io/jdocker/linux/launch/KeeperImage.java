package io.jdocker.linux.launch;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.constants.platform.Errno;

/**
 * The keeper: a static ELF program of some 1 KB that clones its one child as the program of {@link
 * #PROGRAM_FD} says, waits for it, appends the child's wait status to the descriptor {@link
 * #STATUS_FD} and ends. Meanwhile it just holds descriptors, at fixed numbers, where a new daemon
 * takes them with pidfd_getfd(2). It is {@link SetupRoutine} with a program of three calls. See
 * elf(5).
 */
public final class KeeperImage {
  /** How ps(1) shows a keeper, and its memory. */
  public static final String NAME = KeeperProgram.NAME;

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

  /** Closed by the keeper when its child runs the command, or never will. */
  static final int DONE_FD = 10;

  /** The memory of {@link SharedImage}. */
  static final int PROGRAM_FD = 11;

  /** A launch puts descriptors at the numbers up to this one. */
  static final int LAST_RESERVED = PROGRAM_FD;

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED_FIXED = 0x11;

  /** The keeper's steps before those of the program in memory. */
  private static final int STEPS_BEFORE = 2;

  private static final int ALIGNMENT = 8;

  private KeeperImage() {}

  /** The executable for the architecture. */
  public static byte[] executable(Architecture architecture) {
    Operand.Memory status = new Operand.Memory(new byte[8], "status");
    LaunchProgram.Builder program = LaunchProgram.builder();
    Operand address = Operand.of(SharedImage.ADDRESS);
    Operand room = Operand.of(SharedImage.ROOM);
    program
        .add(
            "map the program",
            Sys.MMAP,
            address,
            room,
            Operand.of(PROT_READ_WRITE),
            Operand.of(MAP_SHARED_FIXED),
            Operand.of(PROGRAM_FD),
            Operand.of(0))
        .tolerate(Errno.EBADF);
    program
        .add("go on with it", Sys.CLOSE, Operand.of(PROGRAM_FD))
        .jump(SharedImage.ADDRESS + ProgramImage.offset(0))
        .tolerate(Errno.EBADF);
    // It comes back here. What it was told, the container's environment too, is let go of.
    program.add("forget the program", Sys.MUNMAP, address, room);
    program.add("wait for the child", Sys.WAIT4, Operand.of(-1), status);
    program.add("record how it ended", Sys.WRITE, Operand.of(STATUS_FD), status, Operand.of(8));
    program.add("tell the engine", Sys.WRITE, Operand.of(NOTICE_FD), status, Operand.of(1));
    program.add("hold on until killed", Sys.PPOLL, Operand.of(0), Operand.of(0), Operand.of(0));
    return executable(program.build(), architecture);
  }

  /** Where the program in memory jumps to when the child runs. */
  static long resumeAddress(Architecture architecture) {
    return (long) imageAddress(architecture) + ProgramImage.offset(STEPS_BEFORE);
  }

  private static int imageAddress(Architecture architecture) {
    return StaticElf.CONTENT_ADDRESS + align(ALIGNMENT + SetupRoutine.code(architecture).length);
  }

  /** Any program as a static executable. */
  static byte[] executable(LaunchProgram program, Architecture architecture) {
    byte[] routine = SetupRoutine.code(architecture);
    int imageAddress = imageAddress(architecture);
    int image = imageAddress - StaticElf.CONTENT_ADDRESS;
    byte[] steps = new ProgramImage(program).bytes(imageAddress, architecture);
    ByteBuffer content = ByteBuffer.allocate(image + steps.length);
    content.put(loadAddressOf(imageAddress, architecture));
    content.put(routine);
    content.put(image, steps);
    return StaticElf.executable(content.array(), architecture);
  }

  private static int align(int offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
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
