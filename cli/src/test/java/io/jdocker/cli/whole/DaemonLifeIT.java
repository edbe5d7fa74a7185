package io.jdocker.cli.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.testing.HostNamespaces.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon from its first use to its end. */
class DaemonLifeIT {
  @TempDir Path folder;
  private InstalledCommand machine;

  @BeforeEach
  void install() throws IOException {
    machine = new InstalledCommand(folder);
  }

  @AfterEach
  void remove() {
    machine.close();
  }

  @Test
  void twoFirstUsesMakeOneDaemon() {
    Outcome outcome =
        machine.sh(
            "jdocker ps -q & a=$!; jdocker ps -q & b=$!; wait $a; x=$?; wait $b; echo $x $?");
    assertEquals("0 0", outcome.output());
    assertEquals(1, machine.daemons().size(), machine.daemons().toString());
    assertEquals(0, machine.sh("jdocker daemon --stop").status());
    machine.assertLeavesNothing();
  }

  @Test
  void aRootHasOneDaemon() {
    machine.sh("jdocker ps");
    String first = machine.daemons().get(0);
    Outcome second = machine.sh("jdocker daemon");
    assertNotEquals(0, second.status());
    assertTrue(second.output().contains(machine.root().toString()), second.output());
    assertEquals(1, second.output().lines().count(), second.output());
    assertEquals(first, machine.daemons().get(0));
  }

  @Test
  void statusTellsWhetherItRuns() {
    assertEquals(new Outcome(1, "not running"), machine.sh("jdocker daemon --status"));
    machine.sh("jdocker ps");
    Outcome running = machine.sh("jdocker daemon --status");
    assertEquals(0, running.status());
    String start = "running, pid " + machine.daemons().get(0) + ", root " + machine.root();
    assertTrue(running.output().startsWith(start), running.output());
    assertEquals(new Outcome(0, ""), machine.sh("jdocker daemon --stop"));
    assertEquals(new Outcome(1, "not running"), machine.sh("jdocker daemon --status"));
    assertEquals(0, machine.daemons().size());
    assertEquals(new Outcome(0, "not running"), machine.sh("jdocker daemon --stop"));
  }

  @Test
  void containersGoOnWithoutItAndTheNextOneHasThem() throws IOException {
    machine.importImage();
    machine.sh("jdocker run -d --name kept bb sh -c 'echo up; exec sleep 1000'");
    String pid = machine.sh("jdocker inspect -f '{{.State.Pid}}' kept").output();
    assertEquals(0, machine.sh("jdocker daemon --stop").status());
    assertEquals(0, machine.sh("kill -0 " + pid).status(), "it runs on");
    assertEquals(
        "kept running " + pid,
        machine
            .sh("jdocker inspect -f '{{slice .Name 1}} {{.State.Status}} {{.State.Pid}}' kept")
            .output());
    assertEquals("up", machine.sh("jdocker logs kept").output());
    assertEquals("in", machine.sh("jdocker exec kept echo in").output());
    assertEquals("kept", machine.sh("jdocker rm -f kept").output());
    assertEquals(0, machine.sh("jdocker daemon --stop").status());
    machine.assertLeavesNothing();
  }

  @Test
  void theSocketOfAKilledOneIsNoObstacle() {
    machine.sh("jdocker ps");
    String killed = machine.daemons().get(0);
    machine.sh("kill -9 " + killed);
    assertTrue(Files.exists(machine.root().resolve("jdocker.sock")), "it left its socket");
    assertEquals(0, machine.sh("jdocker ps").status());
    assertNotEquals(killed, machine.daemons().get(0));
  }

  @Test
  void aRootThatIsAFileIsNamed() throws IOException {
    Files.writeString(machine.root(), "");
    Outcome outcome = machine.sh("jdocker ps");
    assertEquals(1, outcome.status());
    assertTrue(outcome.output().contains(machine.root().toString()), outcome.output());
    assertEquals(1, outcome.output().lines().count(), outcome.output());
  }
}
