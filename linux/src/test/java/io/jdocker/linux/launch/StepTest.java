package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Sys;
import java.util.Collections;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

final class StepTest {
  @Test
  void itReadsAsStracePrintsIt() {
    Step step =
        new Step(
            "make a folder",
            Sys.MKDIRAT,
            List.of(Operand.named(-100, "AT_FDCWD"), Operand.of("/a"), Operand.named(493, "0755")));
    assertEquals("mkdirat(AT_FDCWD, \"/a\", 0755)", step.toString());
    assertEquals("setsid()", new Step("a session", Sys.SETSID, List.of()).toString());
  }

  @Test
  void toleratedErrorsAreTheBitsOfTheMask() {
    Step step = new Step("x", Sys.MKDIRAT, List.of());
    assertEquals(0, step.toleratedMask());
    assertSame(step, step.tolerate(Errno.EEXIST));
    step.tolerate(Errno.ENOENT, Errno.ENOSYS);
    assertEquals(1L << 17 | 1L << 2 | 1L << 38, step.toleratedMask());
  }

  @Test
  void anErrorPastTheMaskIsRefusedRatherThanTakenForAnother() {
    Step step = new Step("x", Sys.CONNECT, List.of());
    // ECONNREFUSED is 111: shifting by it would set bit 47.
    assertThrows(IllegalArgumentException.class, () -> step.tolerate(Errno.ECONNREFUSED));
    assertEquals(0, step.toleratedMask());
  }

  @Test
  void theKernelTakesSixOperandsAtMost() {
    List<Operand> six = Collections.nCopies(6, Operand.of(0));
    assertEquals(6, new Step("x", Sys.MMAP, six).operands().size());
    List<Operand> seven = Collections.nCopies(7, Operand.of(0));
    assertThrows(IllegalArgumentException.class, () -> new Step("x", Sys.MMAP, seven));
  }

  @Test
  void twoStepsAreNeverEqualAsAnOperandNamesOneOfThem() {
    assertNotEquals(new Step("x", Sys.SETSID, List.of()), new Step("x", Sys.SETSID, List.of()));
  }

  @Test
  void untilToldOtherwiseItIsMadeInGoodTimesAndHasNoBranchNorCommand() {
    Step step = new Step("x", Sys.WAITID, List.of());
    assertFalse(step.isOnlyAfterFailure());
    assertNull(step.branchTarget());
    assertNull(step.shellCommand());
    LaunchProgram child = LaunchProgram.builder().build();
    step.onlyAfterFailure().branch(child).shell("wait");
    assertTrue(step.isOnlyAfterFailure());
    assertSame(child, step.branchTarget());
    assertEquals("wait", step.shellCommand());
  }

  @Test
  void aResultIsAnErrnoOnlyBetweenMinus4095AndMinus1() {
    Step step = new Step("x", Sys.GETPID, List.of());
    assertEquals("getpid() = 12", new StepResult(step, 12).toString());
    StepResult refused = new StepResult(step, -2);
    assertEquals("getpid() = ENOENT (No such file or directory)", refused.toString());
    assertEquals(2, refused.errno());
    assertTrue(new StepResult(step, -4095).failed());
    // An address in the upper half, as mmap(2) may answer, is none.
    assertFalse(new StepResult(step, -4096).failed());
    assertEquals(0, new StepResult(step, -4096).errno());
    assertFalse(new StepResult(step, 0).failed());
  }

  @Test
  void aFailureNamesPurposeCallAndErrnoAndKeepsTheOtherResults() {
    Step first = new Step("a session", Sys.SETSID, List.of());
    Step second = new Step("the folder", Sys.CHDIR, List.of(Operand.of("/a")));
    List<StepResult> results = List.of(new StepResult(first, 5), new StepResult(second, -20));
    LaunchException e = new LaunchException(second, 20, results);
    assertEquals("the folder: chdir(\"/a\"): ENOTDIR (Not a directory)", e.getMessage());
    assertSame(second, e.step());
    assertTrue(e.is(Errno.ENOTDIR));
    assertFalse(e.is(Errno.ENOENT));
    assertEquals(results, e.results());
  }

  @Test
  void aProgramIsItsStepsInOrderAndClosedToLaterOnes() {
    LaunchProgram.Builder builder = LaunchProgram.builder();
    Step first = builder.add("a", Sys.SETSID);
    Step second = new Step("b", Sys.GETPID, List.of());
    builder.append(second);
    LaunchProgram program = builder.build();
    builder.add("c", Sys.GETTID);
    assertEquals(List.of(first, second), program.steps());
  }
}
