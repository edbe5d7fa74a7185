package io.jdocker.cgroups;

/**
 * A hierarchy that a container joins although jdocker sets no limit there: the freezer, and the one
 * that systemd names, so that stopping the service which the engine runs in does not take its
 * containers for processes of that service.
 */
record PlainController(String name) implements Controller {
  /** How /proc/self/mountinfo lists systemd's hierarchy. */
  static final String SYSTEMD = "name=systemd";

  @Override
  public void update(Limits limits, ControlDirectory directory) {}
}
