package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.launch.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds plans whose descriptors are numbers only, for tests that compile and do not launch: groups
 * are 20 and 21, the network is 22, the init program 23, the streams are 10, 11 and 12.
 */
final class Plans {
  private final Kernel kernel = Kernel.load();
  private final List<VolumeMount> mounts = new ArrayList<>();
  private boolean readOnlyRoot;
  private boolean privileged;
  private boolean ownCgroupNamespace;
  private Optional<Fd> network = Optional.of(fd(22));
  private Optional<Fd> init = Optional.empty();
  private String hostname = "box";
  private String domainname = "";
  private String workingDirectory = "/";
  private Streams streams = new Streams.Pipes(fd(10), fd(11), fd(12));
  private Credentials credentials = credentials(false, new byte[0]);

  static Credentials credentials(boolean noNewPrivileges, byte[] filter) {
    return new Credentials(7, 8, List.of(8, 9), 1L << 10, 12, noNewPrivileges, filter);
  }

  static VolumeMount volume(int tree, String target) {
    return new VolumeMount.Tree(fd(tree), "/host", target, true, false);
  }

  static Fd fd(int number) {
    return new Fd(Kernel.load(), number);
  }

  Plans mount(VolumeMount mount) {
    mounts.add(mount);
    return this;
  }

  Plans readOnlyRoot() {
    readOnlyRoot = true;
    return this;
  }

  Plans privileged() {
    privileged = true;
    return this;
  }

  Plans ownCgroupNamespace() {
    ownCgroupNamespace = true;
    return this;
  }

  Plans hostNetwork() {
    network = Optional.empty();
    return this;
  }

  Plans init() {
    init = Optional.of(fd(23));
    return this;
  }

  Plans hostname(String host, String domain) {
    hostname = host;
    domainname = domain;
    return this;
  }

  Plans workingDirectory(String folder) {
    workingDirectory = folder;
    return this;
  }

  Plans terminal(int rows, int columns) {
    streams = new Streams.Terminal(rows, columns);
    return this;
  }

  Plans credentials(Credentials who) {
    credentials = who;
    return this;
  }

  ContainerPlan plan() {
    return new ContainerPlan(
        "lowerdir=l/A:l/B,upperdir=u,workdir=w",
        Path.of("/root/snapshots"),
        Path.of("/root/mnt"),
        readOnlyRoot,
        List.of(fd(20), fd(21)),
        List.of(Path.of("/cg/a"), Path.of("/cg/b")),
        network,
        Path.of("/run/netns/box"),
        hostname,
        domainname,
        mounts,
        65536,
        privileged,
        init,
        ownCgroupNamespace,
        streams,
        List.of("/bin/sh"),
        List.of("A=b"),
        workingDirectory,
        credentials);
  }

  ExecPlan exec(long namespaces) {
    return new ExecPlan(
        fd(40),
        namespaces,
        List.of(fd(20)),
        streams,
        List.of("/bin/sh"),
        List.of("A=b"),
        workingDirectory,
        credentials);
  }

  Payload compile(ContainerPlan plan) {
    return new ContainerProgram(new HostDevices(kernel, Path.of("/dev"))).compile(plan);
  }

  List<String> calls(ContainerPlan plan) {
    return compile(plan).program().steps().stream().map(Step::toString).toList();
  }

  List<Step> steps() {
    return compile(plan()).program().steps();
  }
}
