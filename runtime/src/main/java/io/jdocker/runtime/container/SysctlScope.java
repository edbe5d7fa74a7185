package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.KernelSettings;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.NamespaceMode;

/**
 * Refuses a sysctl of a namespace that is not the container's own: it would change the host, or
 * another container, which may live in the host's in turn.
 */
record SysctlScope(ContainerSpec spec) {
  /**
   * Checks them all.
   *
   * @throws InvalidArgument for the first, in the words of Docker's runtime
   */
  void check(KernelSettings settings) {
    settings.sysctls().keySet().stream().sorted().forEach(this::check);
  }

  private void check(String sysctl) {
    if (KernelSettings.isOfNetwork(sysctl)) {
      String mode = spec.networking().mode();
      require(!mode.equals("host"), sysctl, "not allowed in host network namespace");
      require(
          !mode.startsWith(NamespaceMode.CONTAINER),
          sysctl,
          "not allowed in another container's network namespace: set it there");
    } else if (KernelSettings.isOfIpc(sysctl)) {
      check(spec.namespaces().ipc(), sysctl, "ipc");
    } else {
      check(spec.namespaces().uts(), sysctl, "uts");
    }
  }

  private static void check(NamespaceMode mode, String sysctl, String kind) {
    require(
        !(mode instanceof NamespaceMode.Host),
        sysctl,
        "is not allowed in the hosts " + kind + " namespace");
    require(
        !(mode instanceof NamespaceMode.Container),
        sysctl,
        "is not allowed in another container's " + kind + " namespace: set it there");
  }

  private static void require(boolean holds, String sysctl, String otherwise) {
    if (!holds) {
      throw new InvalidArgument("sysctl \"" + sysctl + "\" " + otherwise);
    }
  }
}
