package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceTextTest {
  private static final List<TraceEntry> ENTRIES =
      List.of(
          new TraceEntry(
              Stage.NETWORK,
              "a pair of links",
              "RTM_NEWLINK veth1",
              "0",
              1_500_000,
              Optional.of("ip link add veth1 type veth peer eth0")),
          new TraceEntry(Stage.LAUNCH, "hide the host", "umount2(\".\")", "0", 0, Optional.empty()),
          new TraceEntry(
              Stage.LAUNCH, "run", "execve(\"/bin/sh\")", "0", 0, Optional.of("exec sh")));

  @Test
  void storyHasAParagraphAStage() {
    assertEquals(
        """
        NETWORK
          a pair of links
            RTM_NEWLINK veth1 = 0  (1.500 ms)

        LAUNCH
          hide the host
            umount2(".") = 0
          run
            execve("/bin/sh") = 0
        """,
        TraceText.story(ENTRIES));
  }

  @Test
  void scriptHasEveryCommandInOrder() {
    assertEquals(
        """
        #!/bin/sh
        # Makes by hand what jdocker made for web.
        set -e

        # --- network ---
        # a pair of links
        ip link add veth1 type veth peer eth0

        # --- launch ---
        # run
        exec sh
        """,
        TraceText.script("web", ENTRIES));
  }
}
