package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.ProcessCalls;
import io.jdocker.linux.capability.CapabilityGrant;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.launch.Step;
import io.jdocker.linux.seccomp.SeccompFilter;
import io.jdocker.linux.user.IdMapping;
import io.jdocker.runtime.spec.KernelSpec;
import io.jdocker.runtime.spec.TimeOffsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds plans whose descriptors are numbers only, for tests that compile and do not launch: groups
 * are 20 and 21, the network is 22, the init program 23, the streams are 10, 11 and 12.
 */
final class Plans {
  static final long CREATED =
      ProcessCalls.CLONE_NEWNS
          | ProcessCalls.CLONE_NEWUTS
          | ProcessCalls.CLONE_NEWIPC
          | ProcessCalls.CLONE_NEWPID;

  private final List<VolumeMount> mounts = new ArrayList<>();
  private final List<DeviceNode> devices = new ArrayList<>();
  private KernelSettings kernelSettings = KernelSettings.of(KernelSpec.none());
  private boolean readOnlyRoot;
  private long sharedMemory = 65536;
  private boolean privileged;
  private NamespacePlan namespaces =
      new NamespacePlan(CREATED, List.of(), false, TimeOffsets.none());
  private Optional<Fd> network = Optional.of(fd(22));
  private Optional<Fd> init = Optional.empty();
  private String hostname = "box";
  private String domainname = "";
  private String workingDirectory = "/";
  private Streams streams = new Streams.Pipes(fd(10), fd(11), fd(12));
  private Credentials credentials = credentials(false, Optional.empty());

  /** A user with capability 10, of an engine that has those up to 12. */
  static Credentials credentials(boolean noNewPrivileges, Optional<SeccompFilter> filter) {
    return new Credentials(
        7,
        8,
        List.of(8, 9),
        CapabilityGrant.forUser(new CapabilitySet(1L << 10), 7),
        new CapabilitySet(0x1fff),
        noNewPrivileges,
        filter);
  }

  static Credentials root(long capabilities, Optional<SeccompFilter> filter) {
    return new Credentials(
        0,
        0,
        List.of(0),
        CapabilityGrant.forUser(new CapabilitySet(capabilities), 0),
        new CapabilitySet(0x1fff),
        false,
        filter);
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

  Plans sharedMemory(long bytes) {
    sharedMemory = bytes;
    return this;
  }

  Plans readOnlyRoot() {
    readOnlyRoot = true;
    return this;
  }

  Plans device(DeviceNode node) {
    devices.add(node);
    return this;
  }

  Plans kernel(KernelSpec spec) {
    kernelSettings = KernelSettings.of(spec);
    return this;
  }

  Plans privileged() {
    privileged = true;
    return this;
  }

  Plans ownCgroupNamespace() {
    return namespaces(new NamespacePlan(CREATED, List.of(), true, TimeOffsets.none()));
  }

  Plans namespaces(NamespacePlan plan) {
    namespaces = plan;
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
        sharedMemory,
        devices,
        kernelSettings,
        privileged,
        init,
        namespaces,
        streams,
        List.of("/bin/sh"),
        List.of("A=b"),
        workingDirectory,
        credentials);
  }

  ExecPlan exec(long joined) {
    return exec(joined, false);
  }

  ExecPlan exec(long joined, boolean ownClocks) {
    return new ExecPlan(
        fd(40),
        joined,
        ownClocks,
        List.of(fd(20)),
        streams,
        List.of("/bin/sh"),
        List.of("A=b"),
        workingDirectory,
        kernelSettings,
        credentials,
        IdMapping.none());
  }

  Payload compile(ContainerPlan plan) {
    return new ContainerProgram().compile(plan);
  }

  List<String> calls(ContainerPlan plan) {
    return compile(plan).program().steps().stream().map(Step::toString).toList();
  }

  List<Step> steps() {
    return compile(plan()).program().steps();
  }
}
