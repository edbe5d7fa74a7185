package io.jdocker.cgroups;

import io.jdocker.linux.trace.Trace;
import java.util.List;

/** One cgroup's folder in one v1 hierarchy. */
record V1Place(V1Hierarchy hierarchy, ControlDirectory directory) {
  static V1Place of(V1Hierarchy hierarchy, String id, Trace trace) {
    return new V1Place(hierarchy, hierarchy.tree().directory(id, trace));
  }

  void make() {
    CgroupTree.Preparation preparation = hierarchy.preparation();
    hierarchy.tree().make(directory, preparation);
    ControlDirectory above =
        new ControlDirectory(directory.path().getParent(), directory.files(), directory.trace());
    preparation.prepare(above, directory);
  }

  void create(Limits limits, List<DeviceRule> devices) {
    hierarchy.controllers().forEach(controller -> controller.create(limits, devices, directory));
  }

  void update(Limits limits) {
    hierarchy.controllers().forEach(controller -> controller.update(limits, directory));
  }

  void measure(StatsBuilder stats) {
    hierarchy.controllers().forEach(controller -> controller.measure(directory, stats));
  }

  void remove() {
    CgroupTree.removeAll(directory);
  }
}
