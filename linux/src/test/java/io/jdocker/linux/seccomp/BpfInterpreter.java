package io.jdocker.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a seccomp program as the kernel would, on the call given. */
final class BpfInterpreter {
  private final ByteBuffer program;
  private int steps;

  BpfInterpreter(SeccompFilter filter) {
    program = ByteBuffer.wrap(filter.program()).order(ByteOrder.nativeOrder());
  }

  /** The action's value for a system call. */
  int run(int audit, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(number).putInt(audit).putLong(0x1000);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int accumulator = 0;
    steps = 0;
    for (int pc = 0; ; pc++) {
      steps++;
      int at = pc * 8;
      int code = program.getShort(at) & 0xffff;
      int ifTrue = program.get(at + 2) & 0xff;
      int ifFalse = program.get(at + 3) & 0xff;
      int k = program.getInt(at + 4);
      switch (code) {
        case 0x20 -> accumulator = data.getInt(k);
        case 0x54 -> accumulator &= k;
        case 0x05 -> pc += k;
        case 0x15 -> pc += accumulator == k ? ifTrue : ifFalse;
        case 0x25 -> pc += Integer.compareUnsigned(accumulator, k) > 0 ? ifTrue : ifFalse;
        case 0x35 -> pc += Integer.compareUnsigned(accumulator, k) >= 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return k;
        }
        default -> throw new AssertionError("instruction 0x" + Integer.toHexString(code));
      }
    }
  }

  /** How many instructions the last run took. */
  int steps() {
    return steps;
  }
}
