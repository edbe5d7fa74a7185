package io.jdocker.cgroups;

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
  public void create(Limits limits, ControlDirectory directory) {
    // A new cgroup has its parent's rules, so all is taken away first.
    directory.write("deny every device", "devices.deny", "a");
    for (DeviceRule rule : limits.devices()) {
      directory.write(
          (rule.allow() ? "allow" : "deny") + " a device",
          rule.allow() ? "devices.allow" : "devices.deny",
          rule.kernelText());
    }
  }

  /** The rules of a running container stay. */
  @Override
  public void update(Limits limits, ControlDirectory directory) {}
}
