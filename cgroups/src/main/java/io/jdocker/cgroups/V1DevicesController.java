package io.jdocker.cgroups;

import java.util.List;

/**
 * Which device nodes may be opened or made, on v1. See
 * Documentation/admin-guide/cgroup-v1/devices.rst of Linux.
 */
final class V1DevicesController implements Controller {
  @Override
  public String name() {
    return "devices";
  }

  @Override
  public void create(Limits limits, List<DeviceRule> devices, ControlDirectory directory) {
    // A new cgroup has its parent's rules, so all is taken away first.
    directory.write("deny every device", "devices.deny", "a");
    // Their order counts, so rules of one kind are written together only where they are neighbours.
    for (int from = 0, to; from < devices.size(); from = to) {
      boolean allow = devices.get(from).allow();
      to = from;
      while (to < devices.size() && devices.get(to).allow() == allow) {
        to++;
      }
      directory.writeEach(
          allow ? "allow these devices" : "deny these devices",
          allow ? "devices.allow" : "devices.deny",
          devices.subList(from, to).stream().map(DeviceRule::kernelText).toList());
    }
  }

  /** The rules of a running container stay. */
  @Override
  public void update(Limits limits, ControlDirectory directory) {}
}
