package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.KernelSettings;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.KernelSpec;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.TimeOffsets;
import io.jdocker.runtime.testing.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sysctl must not reach a namespace that the container only shares. */
final class SysctlScopeTest {
  private static final NamespaceMode OWN = new NamespaceMode.Own();

  private static NamespaceMode mode(String text) {
    return switch (text) {
      case "host" -> new NamespaceMode.Host();
      case "container" -> new NamespaceMode.Container("other");
      case "shareable" -> new NamespaceMode.Shareable();
      default -> OWN;
    };
  }

  private static void check(String network, String ipc, String uts, String sysctl) {
    ContainerSpec spec =
        Specs.run("true")
            .networking(NetworkingSpec.standard(network))
            .namespaces(
                new NamespaceSpec(
                    OWN, mode(ipc), mode(uts), new NamespaceMode.Unsaid(), OWN, TimeOffsets.none()))
            .spec();
    new SysctlScope(spec)
        .check(KernelSettings.of(new KernelSpec(List.of(), Map.of(sysctl, "1"), 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "none, own, own, net.core.somaxconn",
    "bridge, host, host, net.core.somaxconn",
    "host, own, host, kernel.sem",
    "container:x, shareable, host, fs.mqueue.msg_max",
    "host, host, own, kernel.domainname",
  })
  void onesOwnNamespaceIsOnesOwnToSet(String network, String ipc, String uts, String sysctl) {
    assertDoesNotThrow(() -> check(network, ipc, uts, sysctl));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host|own|own|net.core.somaxconn|not allowed in host network namespace",
        "host|own|own|net/core/somaxconn|not allowed in host network namespace",
        "container:x|own|own|net.core.somaxconn|not allowed in another container's network"
            + " namespace: set it there",
        "none|host|own|kernel.sem|is not allowed in the hosts ipc namespace",
        "none|host|own|kernel/shmmax|is not allowed in the hosts ipc namespace",
        "none|host|own|fs.mqueue.msg_max|is not allowed in the hosts ipc namespace",
        "none|container|own|kernel.sem|is not allowed in another container's ipc namespace: set"
            + " it there",
        "none|own|host|kernel.domainname|is not allowed in the hosts uts namespace",
      })
  void theHostsAndAnothersAreNot(
      String network, String ipc, String uts, String sysctl, String why) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> check(network, ipc, uts, sysctl));
    assertEquals("sysctl \"" + sysctl + "\" " + why, refused.getMessage());
  }
}
