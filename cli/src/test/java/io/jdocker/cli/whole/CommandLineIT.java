package io.jdocker.cli.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.testing.HostNamespaces.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands as somebody types them: streams, terminal, signals, exit codes. */
class CommandLineIT {
  private static final String RUN = "jdocker run --rm --network none ";

  @TempDir static Path folder;
  private static InstalledCommand machine;

  @BeforeAll
  static void install() throws IOException {
    machine = new InstalledCommand(folder);
    machine.importImage();
  }

  @AfterAll
  static void remove() {
    try {
      assertEquals("", machine.sh("jdocker rm -f $(jdocker ps -aq) >/dev/null 2>&1").output());
      assertEquals(0, machine.sh("jdocker daemon --stop").status());
      machine.assertLeavesNothing();
    } finally {
      machine.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          bb true                          | 0
          bb sh -c 'exit 3'                | 3
          bb nosuch                        | 127
          bb /tmp                          | 126
          nosuchimage true                 | 125
          --nosuchflag bb true             | 125
          -w rel bb true                   | 125
          -v /:/ bb true                   | 125
          --network nonet bb true          | 125
          bb sh -c 'exit 255'              | 255
          """)
  void theExitCodeTellsHowItEnded(String words, int code) {
    Outcome outcome = machine.sh(RUN + words);
    assertEquals(code, outcome.status(), outcome.output());
    assertEquals("", machine.sh("jdocker ps -aq").output(), "nothing is left of it");
  }

  @Test
  void bothStreamsKeepTheirPlaces() {
    String both = "bb sh -c 'echo to out; echo to err >&2'";
    assertEquals("to out", machine.sh(RUN + both + " 2>/dev/null").output());
    assertEquals("to err", machine.sh(RUN + both + " 2>&1 >/dev/null").output());
  }

  @Test
  void theEndOfInputReachesTheContainer() {
    assertEquals("x", machine.sh("echo x | " + RUN + "-i bb cat").output());
    assertEquals("", machine.sh("echo x | " + RUN + "bb cat").output(), "without -i it has none");
    assertEquals(
        "300000", machine.sh("head -c 300000 /dev/zero | " + RUN + "-i bb cat | wc -c").output());
  }

  @Test
  void aReaderThatLeavesEndsTheCommand() {
    Outcome outcome =
        machine.sh(
            "jdocker run --name flood --network none bb sh -c 'while :; do echo y; done'"
                + " | head -n 2");
    assertEquals("y\ny", outcome.output());
    assertEquals("flood", machine.sh("jdocker rm -f flood").output());
  }

  @Test
  void aSignalGoesToTheContainer() throws IOException, InterruptedException {
    Process run =
        machine.start(
            "exec jdocker run --rm --name trap --network none bb sh -c"
                + " 'trap \"echo caught; exit 9\" TERM; echo up; while :; do sleep 0.1; done'");
    byte[] line = run.getInputStream().readNBytes(3);
    assertEquals("up\n", new String(line, java.nio.charset.StandardCharsets.UTF_8));
    machine.sh("kill -TERM " + run.pid());
    assertEquals(9, run.waitFor());
    assertEquals(
        "caught\n",
        new String(run.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void theTerminalHasTheCallersSize() throws IOException {
    Outcome outcome = machine.atTerminal("sleep 3", RUN + "-it bb stty size");
    assertEquals("33 77", outcome.output());
  }

  @Test
  void theTerminalIsAsBefore() throws IOException {
    String modes = "stty -g </dev/tty";
    machine.atTerminal(
        "sleep 4", modes + " >before; " + RUN + "-it bb stty -g >inside; " + modes + " >after");
    String before = machine.sh("cat before").output();
    assertNotEquals("", before);
    assertEquals(before, machine.sh("cat after").output());
  }

  @Test
  void theTerminalIsAsBeforeWhenTheCommandIsKilled() throws IOException {
    String modes = "stty -g </dev/tty";
    machine.atTerminal(
        "sleep 7",
        modes
            + " >before; "
            + "timeout --foreground -s TERM 4 jdocker run -it --name killed --network none bb"
            + " sleep 100; "
            + modes
            + " >after");
    machine.sh("jdocker rm -f killed");
    String before = machine.sh("cat before").output();
    assertNotEquals("", before);
    assertEquals(before, machine.sh("cat after").output());
  }

  @Test
  void detachKeysLeaveItRunning() throws IOException {
    Outcome outcome =
        machine.atTerminal(
            "sleep 4; printf \"\\020\\021\"; sleep 1",
            "jdocker run -it --name left --network none bb sleep 100; echo code $?");
    assertTrue(outcome.output().contains("read escape sequence"), outcome.output());
    assertTrue(outcome.output().contains("code 0"), outcome.output());
    assertEquals("true", machine.sh("jdocker inspect -f '{{.State.Running}}' left").output());
    machine.sh("jdocker rm -f left");
  }

  @Test
  void noTerminalIsNoPlaceForIt() {
    Outcome outcome = machine.sh(RUN + "-it bb true </dev/null");
    assertEquals("the input device is not a TTY", outcome.output());
    assertEquals(1, outcome.status());
  }

  @Test
  void aCommandInAContainerHasStreamsAndCode() {
    machine.sh("jdocker run -d --name host --network none bb sleep 100");
    assertEquals("in", machine.sh("echo in | jdocker exec -i host cat").output());
    assertEquals(4, machine.sh("jdocker exec host sh -c 'exit 4'").status());
    assertEquals(
        "v /tmp", machine.sh("jdocker exec -e A=v -w /tmp host sh -c 'echo $A $PWD'").output());
    Outcome none = machine.sh("jdocker exec host nosuch");
    assertTrue(none.status() == 126 || none.status() == 127, none.output());
    machine.sh("jdocker rm -f host");
  }
}
