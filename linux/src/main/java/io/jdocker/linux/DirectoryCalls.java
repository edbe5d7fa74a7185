package io.jdocker.linux;

import io.jdocker.linux.failure.Unsupported;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads directories through descriptors, so that no path is walked a second time. */
public final class DirectoryCalls {
  private static final int BUFFER = 1 << 16;

  // struct linux_dirent64: d_ino 8, d_off 8, d_reclen 2, d_type 1, then the name (getdents64(2)).
  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;

  private final Kernel kernel;

  DirectoryCalls(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * The names in a directory, sorted by their characters, without "." and "..".
   *
   * @param directory opened for reading, not with O_PATH; read from where it stands
   * @throws Unsupported when a name is no UTF-8 text
   */
  public List<String> names(Fd directory) {
    List<String> names = new ArrayList<>();
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(BUFFER);
      while (true) {
        long filled =
            kernel.call(directory::toString, Sys.GETDENTS64, directory.number(), buffer, BUFFER);
        if (filled == 0) {
          Collections.sort(names);
          return names;
        }
        for (long at = 0; at < filled; at += NativeArena.getShort(buffer + at + LENGTH_AT)) {
          int room = NativeArena.getShort(buffer + at + LENGTH_AT) - NAME_AT;
          String name = decode(NativeArena.getBytes(buffer + at + NAME_AT, room));
          if (!name.equals(".") && !name.equals("..")) {
            names.add(name);
          }
        }
      }
    }
  }

  private static String decode(byte[] padded) {
    int length = 0;
    while (length < padded.length && padded[length] != 0) {
      length++;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(padded, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      String shown = new String(padded, 0, length, StandardCharsets.ISO_8859_1);
      throw new Unsupported("the file name \"" + shown + "\" is not UTF-8: rename the file", e);
    }
  }
}
