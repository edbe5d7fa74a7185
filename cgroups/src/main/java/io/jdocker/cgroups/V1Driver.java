package io.jdocker.cgroups;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.trace.Trace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * cgroup v1, where each controller has a tree of its own. Also used for hybrid hosts, whose v2 tree
 * has no controllers: it is left alone, since joining it costs the child 5 to 15 ms (cgroup.procs
 * waits for an RCU grace period; v1's tasks file, when a thread moves itself, does not).
 */
final class V1Driver implements CgroupDriver {
  private final List<V1Hierarchy> hierarchies;
  private final ControlFiles files;
  private final Kernel kernel;

  /**
   * @param hierarchies never empty
   */
  V1Driver(List<V1Hierarchy> hierarchies, ControlFiles files, Kernel kernel) {
    this.hierarchies = List.copyOf(hierarchies);
    this.files = files;
    this.kernel = kernel;
  }

  @Override
  public Cgroup create(String id, Limits limits, List<DeviceRule> devices, Trace trace) {
    CgroupParent.checkId(id);
    try (Undo undo = new Undo()) {
      List<V1Place> places = new ArrayList<>();
      for (V1Hierarchy hierarchy : hierarchies) {
        if (!hierarchy.isOptional() || limits.cpu().isPinned()) {
          V1Place place = V1Place.of(hierarchy, id, trace);
          place.make();
          undo.push("remove " + place.directory().path(), place::remove);
          place.create(limits, devices);
          places.add(place);
        }
      }
      undo.commit();
      return new V1Cgroup(id, hierarchies, places, files, kernel, trace);
    }
  }

  @Override
  public Optional<Cgroup> find(String id) {
    CgroupParent.checkId(id);
    List<V1Place> places =
        hierarchies.stream()
            .filter(hierarchy -> hierarchy.tree().contains(id))
            .map(hierarchy -> V1Place.of(hierarchy, id, Trace.off()))
            .toList();
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(new V1Cgroup(id, hierarchies, places, files, kernel, Trace.off()));
  }

  @Override
  public List<String> list() {
    Set<String> ids = new TreeSet<>();
    hierarchies.forEach(hierarchy -> ids.addAll(hierarchy.tree().ids()));
    return List.copyOf(ids);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> controllers() {
    Set<String> names = new TreeSet<>();
    hierarchies.forEach(h -> h.controllers().forEach(c -> names.add(c.name())));
    names.remove(PlainController.SYSTEMD);
    return names;
  }

  @Override
  public Set<Ability> abilities() {
    Set<Ability> found = EnumSet.noneOf(Ability.class);
    for (V1Hierarchy hierarchy : hierarchies) {
      ControlDirectory top = new ControlDirectory(hierarchy.tree().mount(), files, Trace.off());
      hierarchy.controllers().forEach(controller -> found.addAll(controller.abilities(top)));
    }
    return found;
  }

  @Override
  public CgroupDriver under(String parent) {
    CgroupParent other = CgroupParent.parse(parent);
    List<V1Hierarchy> moved = hierarchies.stream().map(h -> h.under(other)).toList();
    return new V1Driver(moved, files, kernel);
  }

  @Override
  public void close() {
    hierarchies.forEach(hierarchy -> hierarchy.tree().removeParent());
  }
}
