package io.jdocker.runtime.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code scripts/compare.d/attacks.txt}: a system call, or a script.
 *
 * @param call number of the system call; -1: a script
 * @param how its arguments, or the script
 * @param outcome the error's name, or {@code refused}
 */
record Attack(String name, int call, String how, String outcome) {
  private static final Path TABLE = Path.of("../scripts/compare.d/attacks.txt");
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final long BASE = 0x400000;
  private static final int CODE = 120;
  private static final int BUFFER = 256;

  /** mov r64, imm64 to rdi, rsi, rdx, r10, r8, r9. */
  private static final int[] REGISTERS = {0x48bf, 0x48be, 0x48ba, 0x49ba, 0x49b8, 0x49b9};

  /** All of the table. */
  static List<Attack> all() throws IOException {
    List<Attack> attacks = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] cells = line.split("(?<!\\\\)\\|", -1);
        String[] shown =
            Arrays.stream(cells).map(c -> c.strip().replace("\\|", "|")).toArray(String[]::new);
        int call = shown[1].equals("sh") ? -1 : Integer.parseInt(shown[1]);
        attacks.add(new Attack(shown[0], call, shown[2], shown[3]));
      }
    }
    return attacks;
  }

  boolean isScript() {
    return call < 0;
  }

  /** What is put into the container: it exits with the error's number, or a script's status. */
  byte[] program() throws IOException {
    return isScript()
        ? ("#!/bin/sh\n" + how + "\n").getBytes(StandardCharsets.UTF_8)
        : executable();
  }

  /** A static ELF program of x86-64 that makes the call and exits with the errno, or 0. */
  private byte[] executable() throws IOException {
    List<Object> arguments = arguments();
    int codeSize = 10 + 10 * arguments.size() + 22;
    long data = BASE + CODE + codeSize;
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    texts.write(new byte[BUFFER]);
    ByteBuffer code = ByteBuffer.allocate(codeSize).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < arguments.size(); i++) {
      code.put((byte) (REGISTERS[i] >> 8)).put((byte) REGISTERS[i]);
      if (arguments.get(i) instanceof String text) {
        code.putLong(text.equals("buf") ? data : data + texts.size());
        texts.write((text + '\0').getBytes(StandardCharsets.ISO_8859_1));
      } else {
        code.putLong((Long) arguments.get(i));
      }
    }
    code.put(new byte[] {0x48, (byte) 0xb8}).putLong(call);
    code.put(bytes("0f05 4885c0 7906 f7d8 89c7 eb02 31ff b8e7000000 0f05"));
    byte[] body = Arrays.copyOf(code.array(), code.position());
    ByteBuffer file =
        ByteBuffer.allocate((int) (data - BASE) + texts.size()).order(ByteOrder.LITTLE_ENDIAN);
    header(file, file.capacity());
    file.put(body);
    file.position((int) (data - BASE));
    return file.put(texts.toByteArray()).array();
  }

  /** ELF header and one program header: all of the file, readable, writable, executable. */
  private static void header(ByteBuffer file, int size) {
    file.put(bytes("7f454c46 02010100 0000000000000000"));
    file.putShort((short) 2).putShort((short) 62).putInt(1).putLong(BASE + CODE);
    file.putLong(64).putLong(0).putInt(0).putShort((short) 64).putShort((short) 56);
    file.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    file.putInt(1).putInt(7).putLong(0).putLong(BASE).putLong(BASE);
    file.putLong(size).putLong(size).putLong(4096);
  }

  private List<Object> arguments() {
    List<Object> arguments = new ArrayList<>();
    for (Matcher m = ARGUMENT.matcher(how); m.find(); ) {
      if (m.group(1) != null) {
        arguments.add(m.group(1));
      } else {
        arguments.add(m.group(2).equals("buf") ? (Object) "buf" : (Object) Long.decode(m.group(2)));
      }
    }
    return arguments;
  }

  private static byte[] bytes(String hexadecimal) {
    return java.util.HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
  }
}
