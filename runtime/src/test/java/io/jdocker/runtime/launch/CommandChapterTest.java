package io.jdocker.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the command comes to run: directly, behind an init, or as an exec. */
final class CommandChapterTest {
  @Test
  void aCommandWithASlashIsThatFile() {
    assertEquals(List.of("./run"), CommandChapter.candidates("./run", List.of("PATH=/usr/bin")));
    assertEquals(
        List.of("/bin/sh"), CommandChapter.candidates("/bin/sh", List.of("PATH=/usr/bin")));
  }

  @Test
  void anyOtherIsLookedForInEachFolderOfThePath() {
    assertEquals(
        List.of("/a/sh", "/b/sh"), CommandChapter.candidates("sh", List.of("X=y", "PATH=/a:/b")));
  }

  @Test
  void anEmptyFolderOfThePathIsTheWorkFolder() {
    assertEquals(
        List.of("./sh", "/b/sh", "./sh"), CommandChapter.candidates("sh", List.of("PATH=:/b:")));
    assertEquals(List.of("./sh"), CommandChapter.candidates("sh", List.of("PATH=")));
  }

  @Test
  void theLastPathCountsAndWithoutOneTheCustomaryDoes() {
    assertEquals(List.of("/b/sh"), CommandChapter.candidates("sh", List.of("PATH=/a", "PATH=/b")));
    List<String> customary = CommandChapter.candidates("sh", List.of("XPATH=/a"));
    assertEquals("/usr/local/sbin/sh", customary.get(0));
    assertEquals("/bin/sh", customary.get(customary.size() - 1));
    assertEquals(6, customary.size());
  }

  @Test
  void eachCandidateIsTriedWithTheSameWords() {
    LaunchProgram.Builder program = LaunchProgram.builder();
    CommandChapter.write(new Calls(program), List.of("sh", "-c", "ls"), List.of("PATH=/a:/b"));
    assertEquals(
        List.of(
            "rt_sigprocmask(SIG_SETMASK, [], 0, 8)",
            "execve(\"/a/sh\", [sh, -c, ls], [PATH=/a:/b])",
            "execve(\"/b/sh\", [sh, -c, ls], [PATH=/a:/b])"),
        shown(program.build().steps()));
  }

  @Test
  void anInitIsKeptPastTheClosingAndBecomesProcessOne() {
    Plans plans = new Plans();
    List<String> calls = plans.calls(plans.init().plan());
    int kept = calls.indexOf("dup3(23, 3, O_CLOEXEC)");
    assertEquals("close_range(4, 4294967295, 0)", calls.get(kept + 1));
    assertEquals(
        List.of(
            "prctl(PR_SET_NAME, \"docker-init\")",
            "clone(CLONE_VM|CLONE_VFORK|SIGCHLD, 0)",
            "execveat(3, \"\", [/sbin/docker-init, --, /bin/sh], [A=b], AT_EMPTY_PATH)"),
        calls.subList(calls.size() - 3, calls.size()));
  }

  @Test
  void anExecJoinsThePidNamespaceFromTheKeeper() {
    Plans plans = new Plans();
    assertEquals(
        List.of("setns(40, CLONE_NEWPID)"),
        shown(ExecProgram.compile(plans.exec(ProcessCalls.CLONE_NEWNS)).beforeClone()));
  }

  @Test
  void theWholeStoryOfAnExec() {
    Plans plans = new Plans().workingDirectory("/w");
    Payload payload =
        ExecProgram.compile(plans.exec(ProcessCalls.CLONE_NEWNS | ProcessCalls.CLONE_NEWNET));
    List<String> calls = shown(payload.program().steps());
    assertEquals(
        List.of(
            "write(20, \"0\", 1)",
            "setns(40, CLONE_NEWNS|CLONE_NEWNET)",
            "setsid()",
            "dup3(10, 0, 0)",
            "dup3(11, 1, 0)",
            "dup3(12, 2, 0)",
            "close_range(3, 4294967295, 0)",
            "chdir(\"/w\")",
            "umask(022)",
            "keyctl(KEYCTL_JOIN_SESSION_KEYRING, \"_ses.jdocker\")"),
        calls.subList(0, 10));
    assertEquals("execve(\"/bin/sh\", [/bin/sh], [A=b])", calls.get(calls.size() - 1));
    assertEquals(Optional.empty(), payload.terminal());
  }

  @Test
  void anExecsTerminalIsOneOfTheContainersToo() {
    Payload payload =
        ExecProgram.compile(new Plans().terminal(24, 80).exec(ProcessCalls.CLONE_NEWNS));
    List<String> calls = shown(payload.program().steps());
    String master = "openat(AT_FDCWD, \"/dev/pts/ptmx\", O_RDWR|O_NOCTTY)";
    assertEquals(master, payload.terminal().orElseThrow().toString());
    assertTrue(calls.indexOf(master) > calls.indexOf("setns(40, CLONE_NEWNS)"), calls::toString);
  }

  private static List<String> shown(List<Step> steps) {
    return steps.stream().map(Step::toString).toList();
  }
}
