package io.jdocker.daemon.containers;

import io.jdocker.linux.failure.Unsupported;
import java.util.function.Consumer;

/** Refuses what a create request asks for and jdocker cannot do, so that nothing is dropped. */
record CreateRefusals(ConfigDocument config, HostConfigDocument host) {
  /**
   * Checks the request.
   *
   * @param warn gets a warning for each wish that is passed over
   * @throws Unsupported naming the key and the flag of the command line
   */
  void check(Consumer<String> warn) {
    host.unsupported().requireUnset();
    host.settings().check(warn);
    UnsupportedDocument.refuse("Cgroup", !host.unsupported().cgroup().isEmpty());
    if (host.networkMode().equals("host") && !host.portBindings().isEmpty()) {
      warn.accept("Published ports are discarded when using host network mode");
    }
  }
}
