package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes of this user, ended as those of a group are: real ones, as pidfds are the kernel's. */
@Timeout(30)
final class ProcessKillerTest {
  private final ProcessKiller killer = new ProcessKiller(Kernel.load());
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process sleeper() {
    try {
      Process process = new ProcessBuilder("sleep", "1000").start();
      started.add(process);
      return process;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Integer> alive() {
    return started.stream().filter(Process::isAlive).map(p -> (int) p.pid()).toList();
  }

  /** Counts how often it was asked, and who lived then. */
  private static final class CountingFreezer implements Freezer {
    int frozen;
    int thawed;

    @Override
    public void freeze() {
      frozen++;
    }

    @Override
    public void thaw() {
      thawed++;
    }

    @Override
    public boolean isFrozen() {
      return frozen > thawed;
    }
  }

  @Test
  void whoIsThereIsEnded() throws InterruptedException {
    Process one = sleeper();
    Process two = sleeper();
    CountingFreezer freezer = new CountingFreezer();
    killer.kill("test", this::alive, freezer);
    assertEquals(137, one.waitFor());
    assertEquals(137, two.waitFor());
    assertEquals(freezer.frozen, freezer.thawed, "nobody stays frozen");
    assertTrue(freezer.frozen >= 1);
  }

  @Test
  void whereNobodyIsNothingIsFrozen() {
    CountingFreezer freezer = new CountingFreezer();
    killer.kill("test", List::of, freezer);
    assertEquals(0, freezer.frozen);
  }

  /** More than are watched at a time. */
  @Test
  void manyAreEndedInRounds() {
    for (int i = 0; i < 80; i++) {
      sleeper();
    }
    killer.kill("test", this::alive, new NoFreezer());
    assertEquals(List.of(), alive());
  }

  @Test
  void whoIsBornMeanwhileIsEndedToo() {
    sleeper();
    Freezer breeding =
        new Freezer() {
          private int born;

          @Override
          public void freeze() {}

          @Override
          public void thaw() {
            if (born++ < 3) {
              sleeper();
            }
          }

          @Override
          public boolean isFrozen() {
            return false;
          }
        };
    killer.kill("test", this::alive, breeding);
    assertEquals(List.of(), alive());
    assertEquals(4, started.size());
  }

  /** A number of the list may have ended, and even have been given to nobody. */
  @Test
  void aNumberOfNobodyIsPassedOver() {
    Process one = sleeper();
    boolean[] first = {true};
    killer.kill(
        "test",
        () -> {
          List<Integer> pids = new ArrayList<>(alive());
          if (first[0]) {
            pids.add(Integer.MAX_VALUE);
          }
          first[0] = one.isAlive();
          return pids;
        },
        new NoFreezer());
    assertEquals(List.of(), alive());
  }

  @Test
  void whoIsThawedBecauseTheSignalFailedRunsOn() {
    CountingFreezer freezer = new CountingFreezer();
    Process one = sleeper();
    try {
      killer.kill(
          "test",
          () -> {
            if (freezer.frozen == 1) {
              throw new IllegalStateException("the list cannot be read");
            }
            return List.of((int) one.pid());
          },
          freezer);
      throw new AssertionError("the failure was hidden");
    } catch (IllegalStateException expected) {
      assertEquals(1, freezer.thawed);
      assertTrue(one.isAlive());
    }
  }
}
