package io.jdocker.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.launch.Step;
import io.jdocker.runtime.spec.TimeOffsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where in a launch the namespaces of others are joined. */
class NamespacePlanTest {
  private static final NamespacePlan.Joined PID =
      new NamespacePlan.Joined(Plans.fd(50), ProcessCalls.CLONE_NEWPID, "/proc/7/ns/pid");
  private static final NamespacePlan.Joined IPC =
      new NamespacePlan.Joined(Plans.fd(51), ProcessCalls.CLONE_NEWIPC, "/proc/8/ns/ipc");

  private final Plans plans = new Plans();

  private Payload compiled(List<NamespacePlan.Joined> joined, TimeOffsets offsets) {
    return plans.compile(
        plans
            .namespaces(new NamespacePlan(ProcessCalls.CLONE_NEWNS, joined, false, offsets))
            .plan());
  }

  private static List<String> shown(List<Step> steps) {
    return steps.stream().map(Step::toString).toList();
  }

  @Test
  void aPidNamespaceIsJoinedByTheKeeperBeforeItClones() {
    Payload payload = compiled(List.of(PID, IPC), TimeOffsets.none());
    assertEquals(List.of("setns(50, CLONE_NEWPID)"), shown(payload.beforeClone()));
    assertEquals(
        List.of("nsenter --pid=/proc/7/ns/pid"),
        payload.beforeClone().stream().map(Step::shellCommand).toList());
    assertFalse(shown(payload.program().steps()).contains("setns(50, CLONE_NEWPID)"));
  }

  @Test
  void anIpcNamespaceIsJoinedByTheProcessBeforeItsQueuesAreMounted() {
    List<String> calls = shown(compiled(List.of(IPC), TimeOffsets.none()).program().steps());
    int join = calls.indexOf("setns(51, CLONE_NEWIPC)");
    int queues =
        calls.indexOf(
            calls.stream().filter(c -> c.startsWith("mount(\"mqueue\"")).findFirst().orElseThrow());
    assertTrue(join > 0 && join < queues, calls::toString);
  }

  @Test
  void onlyWhatItIsToMakeIsMade() {
    assertEquals(ProcessCalls.CLONE_NEWNS, compiled(List.of(), TimeOffsets.none()).cloneFlags());
  }

  @Test
  void offsetsAreWrittenWhereTheHostsProcIsStillThere() {
    List<String> calls =
        shown(compiled(List.of(), new TimeOffsets(1_500_000_000L, -1)).program().steps());
    int unshare = calls.indexOf("unshare(CLONE_NEWTIME)");
    assertEquals(
        List.of(
            "unshare(CLONE_NEWTIME)",
            "openat(AT_FDCWD, \"/proc/self/timens_offsets\", O_WRONLY|O_CLOEXEC)",
            "write(<openat>, \"monotonic 1 500000000\\nboottime -1 999999999\\n\", 44)",
            "close(<openat>)"),
        calls.subList(unshare, unshare + 4));
    assertTrue(unshare < calls.indexOf("pivot_root(\".\", \".\")"), calls::toString);
  }

  @Test
  void withoutOffsetsThereIsNoTimeNamespace() {
    List<String> calls = shown(compiled(List.of(), TimeOffsets.none()).program().steps());
    assertTrue(calls.stream().noneMatch(call -> call.contains("CLONE_NEWTIME")));
  }

  @Test
  void anExecEntersTheClocksBeforeItShares() {
    assertEquals(
        List.of("setns(40, CLONE_NEWPID)", "setns(40, CLONE_NEWTIME)"),
        shown(ExecProgram.compile(plans.exec(ProcessCalls.CLONE_NEWNS, true)).beforeClone()));
  }

  @Test
  void withoutSharedMemoryThereIsNotEvenTheFolder() {
    List<String> calls = shown(plans.sharedMemory(-1).steps());
    assertTrue(calls.stream().noneMatch(call -> call.contains("/dev/shm")), calls::toString);
    List<String> others = shown(new Plans().sharedMemory(0).steps());
    assertTrue(others.contains("mkdirat(AT_FDCWD, \"/dev/shm\", 01777)"), others::toString);
    assertTrue(others.stream().noneMatch(call -> call.startsWith("mount(\"shm\"")));
  }
}
