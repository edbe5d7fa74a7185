package io.jdocker.cli.prune;

import io.jdocker.cli.Console;
import io.jdocker.cli.format.HumanSize;
import java.io.IOException;
import java.util.List;

/** What a prune removed. */
public final class PruneReport {
  private PruneReport() {}

  /** The list under its title, nothing when it is empty. */
  public static void printList(Console console, String title, List<String> removed)
      throws IOException {
    if (removed.isEmpty()) {
      return;
    }
    console.printLine(title);
    for (String name : removed) {
      console.printLine(name);
    }
    console.printLine("");
  }

  public static void printSpace(Console console, long bytes) throws IOException {
    console.printLine("Total reclaimed space: " + HumanSize.of(bytes, 4));
  }
}
