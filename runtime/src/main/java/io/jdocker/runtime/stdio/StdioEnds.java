package io.jdocker.runtime.stdio;

import io.jdocker.linux.Fd;
import java.util.Optional;

/** The engine's ends of a process' standard streams. */
public sealed interface StdioEnds {
  /**
   * A pipe for each stream.
   *
   * @param stdin the write end; empty where the process reads from /dev/null
   * @param stdout the read end
   * @param stderr the read end; empty where it shares stdout's pipe
   */
  record Pipes(Optional<Fd> stdin, Fd stdout, Optional<Fd> stderr) implements StdioEnds {}

  /** The master of the pty that is the process' terminal, for both directions. */
  record Terminal(Fd master) implements StdioEnds {}
}
