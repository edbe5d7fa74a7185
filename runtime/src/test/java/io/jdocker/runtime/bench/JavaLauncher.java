package io.jdocker.runtime.bench;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.launch.KeeperImage;
import io.jdocker.linux.launch.Launch;
import io.jdocker.linux.launch.Launched;
import io.jdocker.linux.launch.Launcher;
import io.jdocker.linux.testing.Samples;
import io.jdocker.runtime.launch.ContainerPlan;
import io.jdocker.runtime.launch.ContainerProgram;
import io.jdocker.runtime.launch.Credentials;
import io.jdocker.runtime.launch.KernelSettings;
import io.jdocker.runtime.launch.NamespacePlan;
import io.jdocker.runtime.launch.Payload;
import io.jdocker.runtime.launch.Streams;
import io.jdocker.runtime.spec.KernelSpec;
import io.jdocker.runtime.spec.TimeOffsets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** jdocker's launcher, with the program of a real container and its keeper. */
final class JavaLauncher implements Contestant {
  private static final long SHM_SIZE = 64L << 20;
  private static final int LONGEST_WAIT_MILLIS = 10_000;

  private final Kernel kernel;
  private final BenchFolder folder;
  private final String overlay;
  private final Credentials credentials;
  private final Cgroup cgroup;
  private final ContainerProgram program;
  private final Launcher launcher;
  private final Samples compilations = new Samples();
  private int calls;

  JavaLauncher(Kernel kernel, BenchFolder folder, Credentials credentials, Cgroup cgroup)
      throws IOException {
    this.kernel = kernel;
    this.folder = folder;
    this.overlay = folder.overlay("java");
    this.credentials = credentials;
    this.cgroup = cgroup;
    this.program = new ContainerProgram();
    this.launcher = new Launcher(kernel);
  }

  @Override
  public long launch(Variant variant) {
    List<Fd> open = new ArrayList<>();
    try {
      return launch(variant, open);
    } finally {
      open.forEach(Fd::close);
    }
  }

  private long launch(Variant variant, List<Fd> open) {
    Fd nothing = keep(open, kernel.files().open("/dev/null", OpenFlags.O_RDWR, 0));
    Fd status =
        keep(
            open,
            kernel
                .files()
                .open(
                    folder.resolve("status").toString(),
                    OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_TRUNC,
                    0600));
    PollCalls.Pipe output = pipe(open);
    PollCalls.Pipe error = pipe(open);
    PollCalls.Pipe notice = pipe(open);
    List<Fd> groups = variant.groups() ? cgroup.openJoin() : List.of();
    open.addAll(groups);

    long start = System.nanoTime();
    Payload payload =
        program.compile(
            plan(groups, new Streams.Pipes(nothing, output.writeEnd(), error.writeEnd())));
    compilations.add(System.nanoTime() - start);
    Launch launch =
        new Launch(
            "bench",
            payload.program(),
            payload.beforeClone(),
            payload.cloneFlags() | (variant.network() ? ProcessCalls.CLONE_NEWNET : 0),
            held(nothing, status, output, error, notice),
            Optional.empty());
    start = System.nanoTime();
    Launched launched = launcher.launch(launch);
    long duration = System.nanoTime() - start;
    calls = launched.results().size();
    awaitEnd(launched, notice.readEnd());
    return duration;
  }

  private ContainerPlan plan(List<Fd> groups, Streams streams) {
    return new ContainerPlan(
        overlay,
        folder.path(),
        folder.mountPoint(),
        false,
        groups,
        List.of(),
        Optional.empty(),
        folder.path(),
        "bench",
        "",
        List.of(),
        SHM_SIZE,
        List.of(),
        KernelSettings.of(KernelSpec.none()),
        false,
        Optional.empty(),
        new NamespacePlan(
            ProcessCalls.CLONE_NEWNS
                | ProcessCalls.CLONE_NEWUTS
                | ProcessCalls.CLONE_NEWIPC
                | ProcessCalls.CLONE_NEWPID,
            List.of(),
            true,
            TimeOffsets.none()),
        streams,
        List.of("/bin/true"),
        List.of("PATH=/bin", "HOSTNAME=bench", "HOME=/root"),
        "/",
        credentials);
  }

  private static List<Launch.Held> held(
      Fd nothing, Fd status, PollCalls.Pipe output, PollCalls.Pipe error, PollCalls.Pipe notice) {
    return List.of(
        new Launch.Held(nothing, 0),
        new Launch.Held(nothing, 1),
        new Launch.Held(nothing, 2),
        new Launch.Held(status, KeeperImage.STATUS_FD),
        new Launch.Held(notice.readEnd(), KeeperImage.NOTICE_READ_FD),
        new Launch.Held(notice.writeEnd(), KeeperImage.NOTICE_FD),
        new Launch.Held(output.readEnd(), KeeperImage.STDOUT_FD),
        new Launch.Held(error.readEnd(), KeeperImage.STDERR_FD));
  }

  private void awaitEnd(Launched launched, Fd notice) {
    try (Fd epoll = kernel.polls().createEpoll();
        Fd keeper = kernel.processes().openPidfd(launched.keeperPid()).orElseThrow()) {
      kernel.polls().add(epoll, notice, PollCalls.EPOLLIN, 1);
      if (kernel.polls().wait(epoll, 1, LONGEST_WAIT_MILLIS).isEmpty()) {
        throw new IllegalStateException("the container did not end");
      }
      kernel.processes().killAndReap(keeper);
    }
  }

  private PollCalls.Pipe pipe(List<Fd> open) {
    PollCalls.Pipe pipe = kernel.polls().createPipe();
    open.add(pipe.readEnd());
    open.add(pipe.writeEnd());
    return pipe;
  }

  private static Fd keep(List<Fd> open, Fd fd) {
    open.add(fd);
    return fd;
  }

  /** How long it took to compile the programs. */
  Samples compilations() {
    return compilations;
  }

  /** System calls of the last launch, the keeper's included. */
  int calls() {
    return calls;
  }
}
