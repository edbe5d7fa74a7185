package io.jdocker.cgroups;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.trace.Trace;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** cgroup v2: one tree for all controllers. */
final class V2Driver implements CgroupDriver {
  private final CgroupTree tree;
  private final V2Delegation delegation;
  private final Kernel kernel;

  V2Driver(CgroupTree tree, V2Delegation delegation, Kernel kernel) {
    this.tree = tree;
    this.delegation = delegation;
    this.kernel = kernel;
  }

  @Override
  public Cgroup create(String id, Limits limits, List<DeviceRule> devices, Trace trace) {
    CgroupParent.checkId(id);
    ControlDirectory directory = tree.directory(id, trace);
    V2DeviceFilter filter = V2DeviceFilter.compile(devices);
    try (Undo undo = new Undo()) {
      tree.make(directory, delegation::prepare);
      undo.push("remove " + directory.path(), () -> CgroupTree.removeAll(directory));
      delegation.ensure(tree.parentDirectory(trace), directory);
      delegation.controllers().forEach(controller -> controller.create(limits, devices, directory));
      filter.attach(directory, kernel);
      undo.commit();
    }
    return new V2Cgroup(id, directory, delegation.controllers(), kernel);
  }

  @Override
  public Optional<Cgroup> find(String id) {
    CgroupParent.checkId(id);
    return tree.contains(id)
        ? Optional.of(
            new V2Cgroup(id, tree.directory(id, Trace.off()), delegation.controllers(), kernel))
        : Optional.empty();
  }

  @Override
  public List<String> list() {
    return tree.ids();
  }

  @Override
  public int version() {
    return 2;
  }

  /** v2 has freezer and devices without calling them controllers. */
  @Override
  public Set<String> controllers() {
    Set<String> names = new TreeSet<>(Set.of("devices", "freezer"));
    delegation.controllers().forEach(controller -> names.add(controller.name()));
    return names;
  }

  @Override
  public Set<Ability> abilities() {
    ControlDirectory top = new ControlDirectory(tree.mount(), tree.files(), Trace.off());
    Set<Ability> found = EnumSet.noneOf(Ability.class);
    delegation.controllers().forEach(controller -> found.addAll(controller.abilities(top)));
    return found;
  }

  @Override
  public CgroupDriver under(String parent) {
    return new V2Driver(tree.under(CgroupParent.parse(parent)), delegation, kernel);
  }

  @Override
  public void close() {
    tree.removeParent();
  }
}
