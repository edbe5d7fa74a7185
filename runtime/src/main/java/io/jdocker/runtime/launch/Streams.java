package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Operand;
import java.util.List;

/** Where a process' standard descriptors lead. */
public sealed interface Streams {
  /** Ends of pipes, or /dev/null. */
  record Pipes(Fd input, Fd output, Fd error) implements Streams {}

  /** A terminal of the given size, opened by the process itself. */
  record Terminal(int rows, int columns) implements Streams {}

  /** Puts the ends of the pipes at 0, 1 and 2. */
  static void connect(Calls calls, Pipes pipes) {
    List<Fd> ends = List.of(pipes.input(), pipes.output(), pipes.error());
    for (int i = 0; i < ends.size(); i++) {
      calls.call(
          "standard input, output and error",
          Sys.DUP3,
          Operand.of(ends.get(i)),
          Operand.of(i),
          Operand.of(0));
    }
  }
}
