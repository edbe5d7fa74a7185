package io.jdocker.runtime.bench;

import io.jdocker.cgroups.Cgroup;
import io.jdocker.cgroups.CgroupDetector;
import io.jdocker.cgroups.CgroupDriver;
import io.jdocker.cgroups.DeviceRule;
import io.jdocker.cgroups.Limits;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.capability.Capability;
import io.jdocker.linux.launch.KeeperImage;
import io.jdocker.linux.testing.Samples;
import io.jdocker.linux.trace.Trace;
import io.jdocker.runtime.launch.Credentials;
import io.jdocker.runtime.launch.SecurityPolicy;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.user.User;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times the start of a container, from clone to execve, beside the C program that makes the same
 * calls; the two take turns. Arguments: a folder to work in, the C program, how many rounds.
 */
public final class LaunchBench {
  private static final int WARM_UP = 60;
  private static final double TARGET = 1.5;

  private final PrintStream out;
  private final JavaLauncher java;
  private final CLauncher same;
  private final CLauncher bare;

  private LaunchBench(PrintStream out, JavaLauncher java, CLauncher same, CLauncher bare) {
    this.out = out;
    this.java = java;
    this.same = same;
    this.bare = bare;
  }

  public static void main(String[] arguments) throws IOException {
    BenchFolder folder = new BenchFolder(Path.of(arguments[0]));
    int rounds = Integer.parseInt(arguments[2]);
    Kernel kernel = Kernel.load();
    // As in the engine: the numbers below are the keeper's.
    Fd last = kernel.files().open("/dev/null", OpenFlags.O_RDONLY, 0);
    while (last.number() <= KeeperImage.LAST_FD) {
      last = kernel.files().open("/dev/null", OpenFlags.O_RDONLY, 0);
    }
    Path keeper = folder.resolve("keeper");
    Files.write(keeper, KeeperImage.executable(kernel.architecture()));
    if (!keeper.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + keeper + " executable");
    }
    Credentials credentials =
        new SecurityPolicy(kernel.architecture())
            .credentials(Specs.run("true").spec(), new User(0, 0, List.of(0), "/root"));
    String parent = "/jdocker-bench-" + ProcessHandle.current().pid();
    try (CgroupDriver cgroups = new CgroupDetector(kernel).detect(parent)) {
      Cgroup cgroup =
          cgroups.create("launch", Limits.none(), DeviceRule.dockerDefaults(), Trace.off());
      try {
        List<String> peer = peer(arguments[1], folder, keeper, credentials, cgroup);
        try (CLauncher same = new CLauncher(peer, true);
            CLauncher bare = new CLauncher(peer, false)) {
          JavaLauncher java = new JavaLauncher(kernel, folder, credentials, cgroup);
          new LaunchBench(System.out, java, same, bare).run(rounds);
        }
      } finally {
        cgroup.remove();
      }
    }
  }

  /** The command of the C program. */
  private static List<String> peer(
      String program, BenchFolder folder, Path keeper, Credentials credentials, Cgroup cgroup)
      throws IOException {
    Path filter = folder.resolve("filter");
    Files.write(filter, credentials.filter().orElseThrow().program());
    List<String> command = new ArrayList<>();
    command.add(program);
    command.add(folder.path().toString());
    command.add(folder.overlay("c"));
    command.add(folder.mountPoint().toString());
    command.add(filter.toString());
    command.add(Long.toHexString(credentials.capabilities().bounding().bits()));
    command.add(String.valueOf(Capability.values().length - 1));
    command.add(keeper.toString());
    for (Fd join : cgroup.openJoin()) {
      command.add(Files.readSymbolicLink(Path.of(join.procPath())).toString());
      join.close();
    }
    return command;
  }

  private void run(int rounds) throws IOException {
    out.printf(
        "clone to execve of /bin/true, ms, median (and 90th percentile) of %d launches each%n",
        rounds);
    out.printf(
        "%-30s %15s %15s %7s %15s %7s%n",
        "", "jdocker", "C, same calls", "ratio", "C, no keeper", "ratio");
    double worst = 0;
    for (Variant variant : Variant.values()) {
      worst = Math.max(worst, compare(variant, rounds));
    }
    out.printf("the container's program: %d system calls, ", java.calls());
    out.printf("compiled in %.2f ms (median)%n", java.compilations().median());
    out.printf(
        "target: at most %.1f times C making the same calls: %.2f %s%n",
        TARGET, worst, worst <= TARGET ? "ok" : "MISSED");
  }

  private double compare(Variant variant, int rounds) throws IOException {
    Map<Kind, Samples> samples = new EnumMap<>(Kind.class);
    for (int i = 0; i < WARM_UP + rounds; i++) {
      for (Kind kind : Kind.values()) {
        long duration = contestant(kind).launch(variant);
        if (i >= WARM_UP) {
          samples.computeIfAbsent(kind, k -> new Samples()).add(duration);
        }
      }
    }
    double median = samples.get(Kind.JDOCKER).median();
    double ratio = median / samples.get(Kind.SAME).median();
    out.printf(
        "%-30s %15s %15s %7.2f %15s %7.2f%n",
        variant.title(),
        shown(samples.get(Kind.JDOCKER)),
        shown(samples.get(Kind.SAME)),
        ratio,
        shown(samples.get(Kind.BARE)),
        median / samples.get(Kind.BARE).median());
    return ratio;
  }

  private enum Kind {
    JDOCKER,
    SAME,
    BARE
  }

  private Contestant contestant(Kind kind) {
    return switch (kind) {
      case JDOCKER -> java;
      case SAME -> same;
      case BARE -> bare;
    };
  }

  private static String shown(Samples samples) {
    return String.format("%.2f (%.2f)", samples.median(), samples.quantile(0.9));
  }
}
