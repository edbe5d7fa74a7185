package io.jdocker.linux.seccomp;

import java.nio.ByteBuffer;

/**
 * One struct sock_filter of classic BPF (linux/filter.h).
 *
 * @param ifTrue how many instructions a jump skips when its test holds, 0 to 255
 * @param ifFalse how many it skips otherwise
 * @param operand the constant k: unsigned, 32 bits
 */
record BpfInstruction(int code, int ifTrue, int ifFalse, int operand) {
  static final int LOAD_WORD = 0x20;
  static final int JUMP = 0x05;
  static final int JUMP_EQUAL = 0x15;
  static final int JUMP_GREATER = 0x25;
  static final int JUMP_GREATER_EQUAL = 0x35;
  static final int AND = 0x54;
  static final int RETURN = 0x06;

  /** The distances of a conditional jump have eight bits. */
  static final int MAX_DISTANCE = 255;

  BpfInstruction {
    if (ifTrue < 0 || ifTrue > MAX_DISTANCE || ifFalse < 0 || ifFalse > MAX_DISTANCE) {
      throw new IllegalArgumentException("BPF jump of " + ifTrue + " or " + ifFalse);
    }
  }

  /** Loads a word of struct seccomp_data. */
  static BpfInstruction load(int offset) {
    return new BpfInstruction(LOAD_WORD, 0, 0, offset);
  }

  static BpfInstruction and(int mask) {
    return new BpfInstruction(AND, 0, 0, mask);
  }

  static BpfInstruction returns(SeccompAction action) {
    return new BpfInstruction(RETURN, 0, 0, action.value());
  }

  /** Skips that many instructions; this distance has 32 bits. */
  static BpfInstruction skip(int distance) {
    return new BpfInstruction(JUMP, 0, 0, distance);
  }

  static BpfInstruction jump(int code, int operand, int ifTrue, int ifFalse) {
    return new BpfInstruction(code, ifTrue, ifFalse, operand);
  }

  void writeTo(ByteBuffer buffer) {
    buffer.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
  }
}
