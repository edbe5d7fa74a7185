package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.CloneFlags;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.util.List;
import java.util.Optional;

/** A further process of a container: it joins what the first one was given. */
public final class ExecProgram {
  private ExecProgram() {}

  public static Payload compile(ExecPlan plan) {
    LaunchProgram.Builder program = LaunchProgram.builder();
    Calls calls = new Calls(program);
    ContainerProgram.joinGroups(calls, plan.cgroups(), List.of());
    // While /proc is still the host's: in the container's it would be the image's to choose.
    KernelChapter.process(calls, plan.kernel());
    setns(calls, "join the container's namespaces", plan.target(), plan.namespaces());
    calls.call("a session of its own", Sys.SETSID);
    Optional<Step> terminal = streams(calls, plan);
    if (!plan.ids().isNone()) {
      UserChapter.enter(calls, plan.target());
    }
    ContainerProgram.closeAllButStandard(calls);
    ContainerProgram.enterWorkFolder(calls, plan.workingDirectory());
    calls.call("the customary umask", Sys.UMASK, Calls.octal(022));
    CredentialChapter.write(calls, plan.credentials());
    CommandChapter.write(calls, plan.argv(), plan.environment());
    return new Payload(program.build(), terminal, beforeClone(plan), 0);
  }

  /**
   * What the keeper does before it clones the process: a pid namespace counts for children only
   * (pid_namespaces(7)), and one who shares its memory, as the process does with the keeper, cannot
   * enter a time namespace.
   */
  private static List<Step> beforeClone(ExecPlan plan) {
    LaunchProgram.Builder program = LaunchProgram.builder();
    Calls calls = new Calls(program);
    setns(
        calls,
        "children are to be of the container's pid namespace",
        plan.target(),
        ProcessCalls.CLONE_NEWPID);
    if (plan.ownClocks()) {
      setns(calls, "have the container's clocks", plan.target(), ProcessCalls.CLONE_NEWTIME);
    }
    return program.build().steps();
  }

  private static void setns(Calls calls, String purpose, Fd target, long namespaces) {
    // All at once through a pidfd: Linux 5.8.
    calls.call(
        purpose,
        Sys.SETNS,
        Operand.of(target),
        Operand.named(namespaces, CloneFlags.shown(namespaces)));
  }

  private static Optional<Step> streams(Calls calls, ExecPlan plan) {
    if (plan.streams() instanceof Streams.Terminal terminal) {
      return Optional.of(
          TerminalChapter.write(
              calls,
              new TerminalChapter.TerminalSize(terminal.rows(), terminal.columns()),
              plan.ids().hostUser(plan.credentials().uid())));
    }
    Streams.connect(calls, (Streams.Pipes) plan.streams());
    return Optional.empty();
  }
}
