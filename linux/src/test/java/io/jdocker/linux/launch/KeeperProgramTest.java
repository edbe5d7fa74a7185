package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.Sys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The keeper's steps as golden lists. Its descriptors are numbers only: nothing is launched. */
final class KeeperProgramTest {
  private static final Path KEEPER = Path.of("/run/keeper");
  private static final long NAMESPACES = ProcessCalls.CLONE_NEWNS | ProcessCalls.CLONE_NEWPID;
  private static final LaunchProgram PAYLOAD = LaunchProgram.builder().build();

  private final Kernel kernel = Kernel.load();

  @Test
  void theWholeStoryOfAPlainLaunch() {
    assertEquals(
        List.of(
            "rt_sigprocmask(SIG_SETMASK, ~[], 0, 8)",
            "rt_sigaction(1, SIG_DFL, 0, 8)",
            "setsid()",
            "getpid()",
            "close_range(0, 9, 0)",
            "dup3(40, 7, 0)",
            "clone3(CLONE_NEWNS|CLONE_NEWPID, 88)",
            "waitid(1, <clone3>, 0, WEXITED)",
            "write(7, &<getpid>, 8)",
            "write(7, &<clone3>, 8)",
            "close_range(10, 4294967295, 0)",
            "chdir(\"/\")",
            "execve(\"/run/keeper\", [jdocker-keeper, c1], [])"),
        shown(keeper(Optional.empty(), Optional.empty(), List.of(), List.of(1))));
  }

  @Test
  void theChildsStepsAreTheCloneBranch() {
    KeeperProgram keeper = keeper(Optional.empty(), Optional.empty(), List.of(), List.of());
    assertEquals(Sys.CLONE3, keeper.cloneStep().call());
    assertSame(PAYLOAD, keeper.cloneStep().branchTarget());
  }

  @Test
  void onlyTheReapingOfAFailedChildIsForFailures() {
    KeeperProgram keeper = keeper(Optional.empty(), Optional.empty(), List.of(), List.of());
    assertEquals(
        List.of("waitid(1, <clone3>, 0, WEXITED)"),
        keeper.program().steps().stream()
            .filter(Step::isOnlyAfterFailure)
            .map(Step::toString)
            .toList());
  }

  @Test
  void withoutTerminalNorGroupTheTableOfDescriptorsIsNotShared() {
    ByteBuffer arguments =
        cloneArguments(keeper(Optional.empty(), Optional.empty(), List.of(), List.of()));
    // CLONE_VM | CLONE_VFORK | CLONE_CLEAR_SIGHAND and the namespaces, no CLONE_FILES (0x400).
    assertEquals(0x100000000L | 0x4100L | NAMESPACES, arguments.getLong(0));
    assertEquals(17, arguments.getLong(32), "SIGCHLD");
    assertEquals(0, arguments.getLong(80), "cgroup");
  }

  @Test
  void aTerminalIsSharedThenHeldUnderItsNumberBeforeTheRestIsClosed() {
    Step master = new Step("open a terminal", Sys.OPENAT, List.of());
    KeeperProgram keeper = keeper(Optional.of(master), Optional.empty(), List.of(), List.of());
    assertEquals(0x400, cloneArguments(keeper).getLong(0) & 0x400, "CLONE_FILES");
    List<String> calls = shown(keeper);
    int held = calls.indexOf("dup3(<openat>, 6, 0)");
    assertTrue(held > calls.indexOf("clone3(CLONE_NEWNS|CLONE_NEWPID, 88)"), calls::toString);
    assertEquals(held + 1, calls.indexOf("close_range(10, 4294967295, 0)"));
  }

  @Test
  void onCgroup2TheChildIsClonedIntoItsGroup() {
    Fd group = new Fd(kernel, 55);
    ByteBuffer arguments =
        cloneArguments(keeper(Optional.empty(), Optional.of(group), List.of(), List.of()));
    assertEquals(0x200000000L, arguments.getLong(0) & 0x200000000L, "CLONE_INTO_CGROUP");
    assertEquals(55, arguments.getLong(80));
  }

  @Test
  void whatCountsForChildrenOnlyComesRightBeforeTheClone() {
    Step join = new Step("join", Sys.SETNS, List.of(Operand.of(12)));
    List<String> calls =
        shown(keeper(Optional.empty(), Optional.empty(), List.of(join), List.of()));
    assertEquals(
        calls.indexOf("clone3(CLONE_NEWNS|CLONE_NEWPID, 88)") - 1, calls.indexOf("setns(12)"));
  }

  @Test
  void theImageOfAKeeperNamesTheRealNumbers() {
    // wait4 is 61 and 260: an executable for one must not hold the other's calls.
    for (Architecture architecture : Architecture.values()) {
      byte[] executable = KeeperImage.executable(architecture);
      ByteBuffer elf = ByteBuffer.wrap(executable).order(ByteOrder.LITTLE_ENDIAN);
      int code = (SetupRoutine.code(architecture).length + 8 + 7) / 8 * 8;
      int firstStep = 64 + 56 + code + ProgramImage.HEADER_SIZE;
      assertEquals(Sys.WAIT4.number(architecture), elf.getLong(firstStep));
      assertEquals(
          Sys.PPOLL.number(architecture), elf.getLong(firstStep + 3 * ProgramImage.STEP_SIZE));
    }
  }

  private KeeperProgram keeper(
      Optional<Step> terminal, Optional<Fd> group, List<Step> beforeClone, List<Integer> ignored) {
    List<Launch.Held> held = List.of(new Launch.Held(new Fd(kernel, 40), KeeperImage.STATUS_FD));
    return new KeeperProgram(
        new Launch("c1", PAYLOAD, beforeClone, NAMESPACES, held, terminal, group), KEEPER, ignored);
  }

  private static ByteBuffer cloneArguments(KeeperProgram keeper) {
    Operand.Memory memory = (Operand.Memory) keeper.cloneStep().operands().get(0);
    assertEquals(88, memory.content().length);
    return ByteBuffer.wrap(memory.content()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<String> shown(KeeperProgram keeper) {
    return keeper.program().steps().stream().map(Step::toString).toList();
  }
}
