package io.jdocker.linux.launch;

import io.jdocker.linux.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The smallest executable: an ELF header, one segment, its content. See elf(5). */
final class StaticElf {
  /** Where the content lies in memory. */
  static final int CONTENT_ADDRESS = 0x10000 + 64 + 56;

  private static final int LOAD_ADDRESS = 0x10000;
  private static final int ELF_HEADER_SIZE = 64;
  private static final int PROGRAM_HEADER_SIZE = 56;

  private StaticElf() {}

  /** An executable that begins at the content's first byte. */
  static byte[] executable(byte[] content, Architecture architecture) {
    int start = ELF_HEADER_SIZE + PROGRAM_HEADER_SIZE;
    int total = start + content.length;
    ByteBuffer elf = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2 /* 64 bit */, 1 /* little endian */, 1});
    elf.putShort(16, (short) 2); // ET_EXEC
    elf.putShort(18, (short) architecture.elfMachine());
    elf.putInt(20, 1); // EV_CURRENT
    elf.putLong(24, CONTENT_ADDRESS);
    elf.putLong(32, ELF_HEADER_SIZE); // where the program header stands
    elf.putShort(52, (short) ELF_HEADER_SIZE);
    elf.putShort(54, (short) PROGRAM_HEADER_SIZE);
    elf.putShort(56, (short) 1); // one program header
    elf.position(ELF_HEADER_SIZE);
    elf.putInt(1); // PT_LOAD
    elf.putInt(7); // PF_R | PF_W | PF_X: a launch program's results stand beside its code
    elf.putLong(0).putLong(LOAD_ADDRESS).putLong(LOAD_ADDRESS);
    elf.putLong(total).putLong(total).putLong(0x1000);
    elf.put(start, content);
    return elf.array();
  }
}
