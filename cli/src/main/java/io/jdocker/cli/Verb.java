package io.jdocker.cli;

import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** One verb of the command line. Made only when it was typed. */
public interface Verb {
  Synopsis synopsis();

  /**
   * Does the work.
   *
   * @return the exit code
   */
  int run(Parsed line, Session session) throws IOException;
}
