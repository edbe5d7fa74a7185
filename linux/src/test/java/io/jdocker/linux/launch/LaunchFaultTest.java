package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.Sys;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.testing.OpenDescriptors;
import io.jdocker.linux.testing.fault.Effect;
import io.jdocker.linux.testing.fault.FaultPoint;
import io.jdocker.linux.testing.fault.FaultyLibC;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Each call of a launch fails once, in the engine, in the keeper, in the payload. */
final class LaunchFaultTest {
  private final FaultPoint faults = new FaultPoint();
  @TempDir Path dir;
  private TestLaunches launches;

  @BeforeEach
  void open() {
    launches = new TestLaunches(dir, Kernel.load(libc -> new FaultyLibC(libc, faults)));
  }

  @AfterEach
  void close() {
    launches.close();
  }

  private TestLaunches.Ended launch() throws IOException {
    return launches.run(
        program -> {
          program.add("a call", Sys.UMASK, Operand.of(022));
          program.add("enter the work folder", Sys.CHDIR, Operand.of("/"));
        },
        List.of("/bin/sh", "-c", "pwd"));
  }

  @Test
  void whicheverCallFailsItIsNamedAndNothingIsLeft(TestReporter reporter)
      throws IOException, InterruptedException {
    assertEquals("/\n", launch().output());
    OpenDescriptors descriptors = OpenDescriptors.now();
    List<String> refused = new ArrayList<>();
    int point = 1;
    for (Optional<Effect> hit = tried(point, refused);
        hit.isPresent();
        hit = tried(point, refused)) {
      descriptors.assertAgain("after " + hit.get());
      assertEquals(List.of(), zombies(), "after " + hit.get());
      point++;
    }
    reporter.publishEntry("launch", (point - 1) + " points");
    assertEquals("/\n", launch().output());
    // Of each part of a launch at least one was refused.
    assertNamed(refused, "become the keeper: execveat(");
    assertNamed(refused, "be seen by nobody: prctl(");
    assertNamed(refused, "clone the container's first process: clone3(");
    assertNamed(refused, "enter the work folder: chdir(\"/\"): ENOSYS");
    assertNamed(refused, "run the command: execve(");
    assertNamed(refused, "clone(CLONE_VM|CLONE_VFORK): EAGAIN");
  }

  private static void assertNamed(List<String> refused, String start) {
    assertTrue(refused.stream().anyMatch(r -> r.startsWith(start)), start + " in " + refused);
  }

  /** Empty when the launch makes fewer calls than that. */
  private Optional<Effect> tried(int point, List<String> refused) throws IOException {
    faults.arm(effect -> true, point, FaultPoint.USUAL_ERROR);
    try {
      launch();
    } catch (LaunchException | SyscallException e) {
      refused.add(e.getMessage());
    } catch (AssertionError | IllegalStateException e) {
      throw new AssertionError("point " + point + " " + faults.hit(), e);
    } finally {
      faults.disarm();
    }
    return faults.hit();
  }

  private static List<Long> zombies() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().isEmpty())
        .map(ProcessHandle::pid)
        .toList();
  }
}
