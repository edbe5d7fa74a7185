package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Operand;
import io.jdocker.linux.launch.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The start of a container, from the child's first system call to its last. It is cloned into the
 * namespaces of its {@link NamespacePlan}; the order of the rest is here, and matters.
 */
public final class ContainerProgram {
  private static final long ALL_FDS = 0xffffffffL;
  private static final int FIRST_CLOSED = 3;

  private final ProtectedPaths protectedPaths = ProtectedPaths.ofThisKernel();

  /** Compiles the plan. */
  public Payload compile(ContainerPlan plan) {
    LaunchProgram.Builder program = LaunchProgram.builder();
    Calls calls = new Calls(program);
    // First of all, so that nothing it does escapes its limits, nor a kill of the group.
    joinGroups(calls, plan.cgroups(), plan.cgroupFolders());
    joinNamespaces(calls, plan);
    calls.call("a session of its own", Sys.SETSID);
    calls.call("modes are meant as given", Sys.UMASK, Operand.of(0));

    KernelChapter.sysctls(calls, plan.kernel());
    KernelChapter.process(calls, plan.kernel());
    Optional<UserPlan> users = plan.namespaces().users();
    // From here on what it makes belongs to the container's root.
    users.ifPresent(own -> UserChapter.ownFiles(calls, own));
    RootChapter.write(calls, plan);
    KernelFilesChapter.mountSys(calls, plan.privileged());
    Step nullDevice = DeviceChapter.write(calls, plan.devices(), plan.shmSize(), users);
    Optional<Step> terminal = streams(calls, plan);
    VolumeChapter.write(calls, plan.mounts());
    KernelFilesChapter.mountProc(calls);
    ProtectedPaths paths = plan.privileged() ? ProtectedPaths.none() : protectedPaths;
    KernelFilesChapter.mask(calls, paths, nullDevice);
    KernelFilesChapter.makeReadOnly(calls, paths);

    users.ifPresent(own -> UserChapter.enterWithMounts(calls, own, plan.namespaces().ownCgroup()));

    // Before the work folder is entered: /proc/self/fd/N must lead nowhere (CVE-2024-21626).
    plan.init().ifPresent(init -> InitChapter.keep(calls, init));
    closeAll(calls, plan.init().isPresent() ? InitChapter.FD + 1 : FIRST_CLOSED);
    calls.makeFolders(plan.workingDirectory(), 0755);
    if (plan.readOnlyRoot()) {
      RootChapter.makeReadOnly(calls);
    }
    enterWorkFolder(calls, plan.workingDirectory());
    calls.call("the customary umask", Sys.UMASK, Calls.octal(022));
    CredentialChapter.write(calls, plan.credentials());
    command(calls, plan);
    return new Payload(
        program.build(), terminal, plan.namespaces().beforeClone(), plan.namespaces().created());
  }

  /**
   * @param folders of the groups, for a person; empty where nobody asks
   */
  static void joinGroups(Calls calls, List<Fd> groups, List<Path> folders) {
    // A zero is the writer itself, in whatever pid namespace it is.
    Operand zero = new Operand.Memory("0".getBytes(StandardCharsets.US_ASCII), "\"0\"");
    for (int i = 0; i < groups.size(); i++) {
      Operand file = Operand.of(groups.get(i));
      Step join = calls.call("join its control group", Sys.WRITE, file, zero, Operand.of(1));
      if (i < folders.size()) {
        Path folder = folders.get(i);
        join.shell(() -> "echo 0 > " + Shell.quote(folder.resolve("cgroup.procs").toString()));
      }
    }
  }

  private static void joinNamespaces(Calls calls, ContainerPlan plan) {
    plan.network()
        .ifPresent(
            network ->
                calls
                    .call(
                        "join its network namespace",
                        Sys.SETNS,
                        Operand.of(network),
                        Operand.named(ProcessCalls.CLONE_NEWNET, "CLONE_NEWNET"))
                    .shell("nsenter --net=" + Shell.quote(plan.networkFile().toString())));
    plan.namespaces().write(calls);
    if (!plan.hostname().isEmpty()) {
      name(calls, "its host name", Sys.SETHOSTNAME, plan.hostname());
    }
    if (!plan.domainname().isEmpty()) {
      name(calls, "its domain name", Sys.SETDOMAINNAME, plan.domainname());
    }
  }

  private static void name(Calls calls, String purpose, Sys call, String name) {
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    Step step = calls.call(purpose, call, Operand.of(name), Operand.of(length));
    step.shell((call == Sys.SETHOSTNAME ? "hostname " : "domainname ") + Shell.quote(name));
  }

  private static Optional<Step> streams(Calls calls, ContainerPlan plan) {
    if (plan.streams() instanceof Streams.Terminal terminal) {
      Step master =
          TerminalChapter.write(
              calls,
              new TerminalChapter.TerminalSize(terminal.rows(), terminal.columns()),
              plan.namespaces().hostUser(plan.credentials().uid()));
      TerminalChapter.bindConsole(calls);
      return Optional.of(master);
    }
    Streams.connect(calls, (Streams.Pipes) plan.streams());
    return Optional.empty();
  }

  private static void command(Calls calls, ContainerPlan plan) {
    if (plan.init().isPresent()) {
      boolean terminal = plan.streams() instanceof Streams.Terminal;
      InitChapter.write(calls, terminal, plan.argv(), plan.environment());
    } else {
      CommandChapter.write(calls, plan.argv(), plan.environment());
    }
  }

  static void closeAllButStandard(Calls calls) {
    closeAll(calls, FIRST_CLOSED);
  }

  private static void closeAll(Calls calls, int from) {
    calls.call(
        "keep nothing of the daemon open",
        Sys.CLOSE_RANGE,
        Operand.of(from),
        Operand.of(ALL_FDS),
        Operand.of(0));
  }

  static void enterWorkFolder(Calls calls, String folder) {
    calls
        .call("enter the work folder", Sys.CHDIR, Operand.of(folder))
        .shell("cd " + Shell.quote(folder));
  }
}
