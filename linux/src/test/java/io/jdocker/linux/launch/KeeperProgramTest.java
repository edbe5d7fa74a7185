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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The keeper's steps as golden lists. Its descriptors are numbers only: nothing is launched. */
final class KeeperProgramTest {
  private static final long NAMESPACES = ProcessCalls.CLONE_NEWNS | ProcessCalls.CLONE_NEWPID;
  private static final LaunchProgram PAYLOAD = LaunchProgram.builder().build();

  private final Kernel kernel = Kernel.load();

  /** Else a descriptor of the engine could lie where a launch puts the keeper's. */
  @Test
  void noDescriptorOfTheEngineLiesWhereTheKeepersAre() {
    assertEquals(Fd.LOWEST, KeeperImage.LAST_RESERVED + 1);
  }

  @Test
  void theWholeStoryOfAPlainLaunch() {
    assertEquals(
        List.of(
            "prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)",
            "prctl(PR_SET_NAME, \"jdocker-keeper\", 0, 0, 0)",
            "close_range(10, 4294967295, CLOSE_RANGE_CLOEXEC)",
            "getpid()",
            "clone3(CLONE_NEWNS|CLONE_NEWPID, 88)",
            "waitid(1, <clone3>, 0, WEXITED)",
            "write(7, &<getpid>, 8)",
            "write(7, &<clone3>, 8)",
            "close_range(11, 4294967295, 0)",
            "close(10)"),
        shown(keeper(Optional.empty(), Optional.empty(), List.of())));
  }

  @Test
  void beforeThatItBecomesTheKeeper() {
    assertEquals(
        List.of(
            "rt_sigprocmask(SIG_SETMASK, ~[], 0, 8)",
            "rt_sigaction(1, SIG_DFL, 0, 8)",
            "setsid()",
            "close_range(0, 11, 0)",
            "dup3(40, 7, 0)",
            "dup3(52, 10, 0)",
            "dup3(51, 11, 0)",
            "fcntl(60, F_SETFD, 0)",
            "chdir(\"/\")",
            "execveat(50, \"\", [jdocker-keeper, c1], [], AT_EMPTY_PATH)"),
        entry(Optional.empty()));
  }

  @Test
  void aTerminalCannotTakeANumberOfTheKeepers() {
    Step master = new Step("open a terminal", Sys.OPENAT, List.of());
    List<String> calls = entry(Optional.of(master));
    // All of 0 to 9 but 7, which is held.
    for (int number : List.of(0, 1, 2, 3, 4, 5, 6, 8, 9)) {
      assertTrue(calls.contains("dup3(51, " + number + ", 0)"), calls::toString);
    }
  }

  @Test
  void theLastStepGoesBackToTheImage() {
    List<Step> steps = keeper(Optional.empty(), Optional.empty(), List.of()).program().steps();
    assertEquals(
        KeeperImage.resumeAddress(Architecture.X86_64), steps.get(steps.size() - 1).jumpTarget());
  }

  @Test
  void theChildsStepsAreTheCloneBranch() {
    KeeperProgram keeper = keeper(Optional.empty(), Optional.empty(), List.of());
    assertEquals(Sys.CLONE3, keeper.cloneStep().call());
    assertSame(PAYLOAD, keeper.cloneStep().branchTarget());
  }

  @Test
  void onlyTheReapingOfAFailedChildIsForFailures() {
    KeeperProgram keeper = keeper(Optional.empty(), Optional.empty(), List.of());
    assertEquals(
        List.of("waitid(1, <clone3>, 0, WEXITED)"),
        keeper.program().steps().stream()
            .filter(Step::isOnlyAfterFailure)
            .map(Step::toString)
            .toList());
  }

  @Test
  void withoutTerminalNorGroupTheTableOfDescriptorsIsNotShared() {
    ByteBuffer arguments = cloneArguments(keeper(Optional.empty(), Optional.empty(), List.of()));
    // CLONE_VM | CLONE_VFORK | CLONE_CLEAR_SIGHAND and the namespaces, no CLONE_FILES (0x400).
    assertEquals(0x100000000L | 0x4100L | NAMESPACES, arguments.getLong(0));
    assertEquals(17, arguments.getLong(32), "SIGCHLD");
    assertEquals(0, arguments.getLong(80), "cgroup");
  }

  @Test
  void aTerminalIsSharedThenHeldUnderItsNumberBeforeTheRestIsClosed() {
    Step master = new Step("open a terminal", Sys.OPENAT, List.of());
    KeeperProgram keeper = keeper(Optional.of(master), Optional.empty(), List.of());
    assertEquals(0x400, cloneArguments(keeper).getLong(0) & 0x400, "CLONE_FILES");
    List<String> calls = shown(keeper);
    int held = calls.indexOf("dup3(<openat>, 6, 0)");
    assertTrue(calls.indexOf("close(6)") < held, calls::toString);
    assertTrue(calls.contains("close(3)"), calls::toString);
    assertTrue(held > calls.indexOf("clone3(CLONE_NEWNS|CLONE_NEWPID, 88)"), calls::toString);
    assertEquals(held + 1, calls.indexOf("close_range(11, 4294967295, 0)"));
  }

  @Test
  void onCgroup2TheChildIsClonedIntoItsGroup() {
    Fd group = new Fd(kernel, 55);
    ByteBuffer arguments = cloneArguments(keeper(Optional.empty(), Optional.of(group), List.of()));
    assertEquals(0x200000000L, arguments.getLong(0) & 0x200000000L, "CLONE_INTO_CGROUP");
    assertEquals(55, arguments.getLong(80));
  }

  @Test
  void whatCountsForChildrenOnlyComesRightBeforeTheClone() {
    Step join = new Step("join", Sys.SETNS, List.of(Operand.of(12)));
    List<String> calls = shown(keeper(Optional.empty(), Optional.empty(), List.of(join)));
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
      assertEquals(Sys.MMAP.number(architecture), elf.getLong(firstStep));
      int resumed = (int) KeeperImage.resumeAddress(architecture) - StaticElf.CONTENT_ADDRESS;
      int munmap = 64 + 56 + resumed;
      assertEquals(firstStep + 2 * ProgramImage.STEP_SIZE, munmap);
      assertEquals(Sys.MUNMAP.number(architecture), elf.getLong(munmap));
      assertEquals(Sys.WAIT4.number(architecture), elf.getLong(munmap + ProgramImage.STEP_SIZE));
      assertEquals(
          Sys.PPOLL.number(architecture), elf.getLong(munmap + 4 * ProgramImage.STEP_SIZE));
    }
  }

  private KeeperProgram keeper(
      Optional<Step> terminal, Optional<Fd> group, List<Step> beforeClone) {
    return new KeeperProgram(launch(terminal, group, beforeClone), Architecture.X86_64);
  }

  private List<String> entry(Optional<Step> terminal) {
    Fd executable = new Fd(kernel, 50);
    Fd program = new Fd(kernel, 51);
    Fd done = new Fd(kernel, 52);
    Launch launch = launch(terminal, Optional.empty(), List.of());
    return KeeperEntry.of(launch, executable, program, done, Set.of(60), List.of(1))
        .steps()
        .stream()
        .map(Step::toString)
        .toList();
  }

  private Launch launch(Optional<Step> terminal, Optional<Fd> group, List<Step> beforeClone) {
    List<Launch.Held> held = List.of(new Launch.Held(new Fd(kernel, 40), KeeperImage.STATUS_FD));
    return new Launch("c1", PAYLOAD, beforeClone, NAMESPACES, held, terminal, group);
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
