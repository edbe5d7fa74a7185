package io.jdocker.linux.launch;

import io.jdocker.linux.Fd;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One operand of a step's system call. */
public sealed interface Operand {
  /** The operand as strace(1) would print it. */
  String shown();

  /** A number; {@code shown} is how a person reads it. */
  record Value(long value, String shown) implements Operand {}

  /** The number of a descriptor of the engine's, which the launch passes on to the keeper. */
  record Descriptor(int number) implements Operand {
    @Override
    public String shown() {
      return Integer.toString(number);
    }
  }

  /** The address of a NUL-terminated string. */
  record Text(String value) implements Operand {
    public Text {
      if (value.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("text for the kernel contains a NUL byte");
      }
    }

    @Override
    public String shown() {
      return '"' + value + '"';
    }
  }

  /** The address of a NULL-terminated array of strings. */
  record Texts(List<String> values) implements Operand {
    public Texts {
      values = List.copyOf(values);
      values.forEach(Text::new);
    }

    @Override
    public String shown() {
      return values.toString();
    }
  }

  /** The result of an earlier step of the same launch. */
  record ResultOf(Step step) implements Operand {
    @Override
    public String shown() {
      return "<" + step.call().callName() + ">";
    }
  }

  /** The address of the 8 bytes that hold an earlier step's result. */
  record AddressOfResult(Step step) implements Operand {
    @Override
    public String shown() {
      return "&<" + step.call().callName() + ">";
    }
  }

  /** The address of memory of its own; the same Memory in two steps is the same address. */
  final class Memory implements Operand {
    private final byte[] content;
    private final String shown;

    public Memory(byte[] content, String shown) {
      this.content = content.clone();
      this.shown = shown;
    }

    byte[] content() {
      return content;
    }

    @Override
    public String shown() {
      return shown;
    }
  }

  /** The address of a structure whose last member is the address of other memory: sock_fprog. */
  final class Pointing implements Operand {
    private final byte[] head;
    private final Memory target;

    public Pointing(byte[] head, Memory target) {
      this.head = head.clone();
      this.target = target;
    }

    byte[] head() {
      return head;
    }

    Memory target() {
      return target;
    }

    @Override
    public String shown() {
      return target.shown();
    }
  }

  static Operand of(long value) {
    return new Value(value, Long.toString(value));
  }

  static Operand of(Fd fd) {
    return new Descriptor(fd.number());
  }

  /** A number under the name it has in the header file. */
  static Operand named(long value, String name) {
    return new Value(value, name);
  }

  static Operand of(String text) {
    return new Text(text);
  }

  static Operand of(List<String> texts) {
    return new Texts(texts);
  }

  static Operand of(Step earlier) {
    return new ResultOf(earlier);
  }

  /** The bytes of a string as the kernel wants it. */
  static byte[] terminated(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }
}
