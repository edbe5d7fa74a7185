package io.jdocker.cgroups;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * One struct bpf_insn (linux/bpf.h), of the few kinds that a device filter needs.
 *
 * @param destination a register, 0 to 10
 * @param source a register
 * @param offset of a load from the source's address, or how many instructions a jump skips
 */
record EbpfInstruction(int code, int destination, int source, int offset, int immediate) {
  static final int LOAD_WORD = 0x61;
  static final int MOVE = 0xb7;
  static final int AND_32 = 0x54;
  static final int SHIFT_RIGHT_32 = 0x74;
  static final int JUMP = 0x05;
  static final int JUMP_NOT_EQUAL = 0x55;

  /** Jumps when the register and the immediate have a bit in common. */
  static final int JUMP_ANY_BIT = 0x45;

  static final int EXIT = 0x95;

  private static final int SIZE = 8;

  static EbpfInstruction load(int destination, int source, int offset) {
    return new EbpfInstruction(LOAD_WORD, destination, source, offset, 0);
  }

  static EbpfInstruction immediate(int code, int destination, int value) {
    return new EbpfInstruction(code, destination, 0, 0, value);
  }

  static EbpfInstruction jump(int code, int register, int value, int distance) {
    return new EbpfInstruction(code, register, 0, distance, value);
  }

  static EbpfInstruction skip(int distance) {
    return new EbpfInstruction(JUMP, 0, 0, distance, 0);
  }

  /** Ends the program with the answer in register 0. */
  static EbpfInstruction exit() {
    return new EbpfInstruction(EXIT, 0, 0, 0, 0);
  }

  static byte[] assemble(List<EbpfInstruction> program) {
    byte[] bytes = new byte[program.size() * SIZE];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    for (EbpfInstruction instruction : program) {
      buffer
          .put((byte) instruction.code)
          .put((byte) (instruction.source << 4 | instruction.destination))
          .putShort((short) instruction.offset)
          .putInt(instruction.immediate);
    }
    return bytes;
  }
}
