package io.jdocker.linux.seccomp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Numbers of the system calls of one ABI, by name, from the resource named after the ABI. */
final class SyscallTable {
  private final Map<String, Integer> numbers;

  private SyscallTable(Map<String, Integer> numbers) {
    this.numbers = Map.copyOf(numbers);
  }

  static SyscallTable load(SyscallAbi abi) {
    String resource = abi.name().toLowerCase(Locale.ROOT) + ".txt";
    try (InputStream stream = SyscallTable.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("jdocker's jar lacks the syscall table " + resource);
      }
      return read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of {@code NUMBER NAME NAME...}: the first name's number, then the ones after it. */
  private static SyscallTable read(BufferedReader reader) throws IOException {
    Map<String, Integer> numbers = new HashMap<>(1024);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] words = line.split(" ", -1);
      int first = Integer.parseInt(words[0]);
      for (int i = 1; i < words.length; i++) {
        numbers.put(words[i], first + i - 1);
      }
    }
    return new SyscallTable(numbers);
  }

  /** The number without the ABI's base; empty where the ABI has no such call. */
  OptionalInt number(String name) {
    Integer number = numbers.get(name);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  Map<String, Integer> numbers() {
    return numbers;
  }
}
