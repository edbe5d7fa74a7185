package io.jdocker.cgroups;

import java.util.List;

/**
 * One v1 hierarchy that jdocker uses. Several controllers may share one, as cpu and cpuacct do.
 *
 * @param controllers those of its controllers that jdocker sets or reads
 */
record V1Hierarchy(CgroupTree tree, List<Controller> controllers) {
  /**
   * True for cpuset alone, which a container joins only when it is pinned. Where another controller
   * shares its hierarchy, every container has a folder there.
   */
  boolean isOptional() {
    return controllers.size() == 1 && hasCpuset();
  }

  V1Hierarchy under(CgroupParent parent) {
    return new V1Hierarchy(tree.under(parent), controllers);
  }

  boolean hasCpuset() {
    return has(V1CpusetController.NAME);
  }

  boolean has(String controller) {
    return controllers.stream().anyMatch(c -> c.name().equals(controller));
  }

  /** A folder with a cpuset takes processes only once both of its sets are filled. */
  CgroupTree.Preparation preparation() {
    return hasCpuset() ? V1CpusetController::inherit : (above, made) -> {};
  }
}
