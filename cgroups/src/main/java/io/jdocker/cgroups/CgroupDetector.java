package io.jdocker.cgroups;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out how this host mounts its cgroups and makes the driver for it. */
public final class CgroupDetector {
  /** The parent folder of an engine that was not told another one. */
  public static final String DEFAULT_PARENT = "/jdocker";

  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

  private final Kernel kernel;

  public CgroupDetector(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * The driver for this host. Nothing is made yet.
   *
   * @param parent the engine's folder in every hierarchy: {@code /jdocker}
   * @throws Unsupported when no cgroup file system is mounted
   */
  public CgroupDriver detect(String parent) {
    try {
      return detect(CgroupMounts.parse(Files.readAllLines(MOUNTINFO)), CgroupParent.parse(parent));
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + MOUNTINFO + ": " + e, e);
    }
  }

  CgroupDriver detect(CgroupMounts mounts, CgroupParent parent) {
    KernelFiles files = new KernelFiles(kernel);
    List<V1Hierarchy> hierarchies = v1(mounts, parent, files);
    if (!hierarchies.isEmpty()) {
      return new V1Driver(hierarchies, files, kernel);
    }
    if (mounts.unified().isPresent()) {
      return v2(new CgroupTree(mounts.unified().get(), parent, files));
    }
    throw new Unsupported(
        "no cgroup file system is mounted: mount -t cgroup2 cgroup2 /sys/fs/cgroup");
  }

  /** The hierarchies with a controller that counts: a hybrid host's v2 tree has none of them. */
  private List<V1Hierarchy> v1(CgroupMounts mounts, CgroupParent parent, ControlFiles files) {
    List<Controller> known = v1Controllers();
    List<V1Hierarchy> hierarchies = new ArrayList<>();
    for (CgroupMounts.V1Mount mount : mounts.v1()) {
      List<Controller> controllers =
          known.stream().filter(c -> mount.controllers().contains(c.name())).toList();
      if (!controllers.isEmpty()) {
        CgroupTree tree = new CgroupTree(mount.point(), parent, files);
        hierarchies.add(new V1Hierarchy(tree, controllers));
      }
    }
    return hierarchies;
  }

  private CgroupDriver v2(CgroupTree tree) {
    ControlDirectory root = new ControlDirectory(tree.mount(), tree.files(), Trace.off());
    return new V2Driver(tree, V2Delegation.of(root, v2Controllers()), kernel);
  }

  private List<Controller> v2Controllers() {
    return List.of(
        new V2MemoryController(),
        new V2CpuController(),
        new V2CpusetController(),
        new PidsController(),
        new V2IoController(new HostBlockDevices(kernel)));
  }

  private List<Controller> v1Controllers() {
    return List.of(
        new V1MemoryController(),
        new V1CpuController(),
        new V1CpuAccounting(),
        new V1CpusetController(),
        new PidsController(),
        new V1DevicesController(),
        new V1BlkioController(new HostBlockDevices(kernel)),
        new PlainController(V1Freezer.NAME),
        new PlainController(PlainController.SYSTEMD));
  }
}
