package io.jdocker.daemon.containers;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import java.util.Set;

/** Refuses what a create request asks for and jdocker cannot do, so that nothing is dropped. */
record CreateRefusals(ConfigDocument config, HostConfigDocument host) {
  private static final Set<String> PRIVATE = Set.of("", "private", "shareable");

  /**
   * Checks the request.
   *
   * @throws Unsupported naming the key and the flag of the command line
   */
  void check() {
    host.unsupported().requireUnset();
    restartPolicy();
    String driver = host.logConfig().type();
    UnsupportedDocument.refuse(
        "LogConfig.Type \"" + driver + "\" (--log-driver)",
        !Set.of("", "json-file").contains(driver));
    UnsupportedDocument.refuse(
        "LogConfig.Config (--log-opt)", !host.logConfig().config().isEmpty());
    mode("IpcMode", "--ipc", host.ipcMode());
    mode("PidMode", "--pid", host.pidMode());
    mode("UTSMode", "--uts", host.utsMode());
    mode("UsernsMode", "--userns", host.usernsMode());
    mode("CgroupnsMode", "--cgroupns", host.cgroupnsMode());
    UnsupportedDocument.refuse("Cgroup", !host.unsupported().cgroup().isEmpty());
    boolean health =
        config
            .healthcheck()
            .map(check -> !check.test().isEmpty() && !check.test().get(0).equals("NONE"))
            .orElse(false);
    if (health) {
      throw new Unsupported(
          "Healthcheck (--health-cmd) is not supported by this version of jdocker");
    }
  }

  private void restartPolicy() {
    String name = host.restartPolicy().name();
    boolean none = Set.of("", "no").contains(name);
    if (!none && host.autoRemove()) {
      throw new InvalidArgument("can't create 'AutoRemove' container with restart policy");
    }
    if (!none && !Set.of("always", "unless-stopped", "on-failure").contains(name)) {
      throw new InvalidArgument("invalid restart policy: unknown policy '" + name + "'");
    }
    UnsupportedDocument.refuse("RestartPolicy \"" + name + "\" (--restart)", !none);
  }

  private static void mode(String key, String flag, String value) {
    UnsupportedDocument.refuse(key + " \"" + value + "\" (" + flag + ")", !PRIVATE.contains(value));
  }
}
