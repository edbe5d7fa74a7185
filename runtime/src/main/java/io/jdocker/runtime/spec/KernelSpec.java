package io.jdocker.runtime.spec;

import java.util.List;
import java.util.Map;

/**
 * Settings of the kernel that a container's processes start with.
 *
 * @param ulimits getrlimit(2), in place of the engine's own
 * @param sysctls of the container's namespaces, by name: {@code net.core.somaxconn}
 * @param oomScoreAdj -1000 to 1000: which process dies first when memory is short, proc(5)
 */
public record KernelSpec(List<Ulimit> ulimits, Map<String, String> sysctls, int oomScoreAdj) {
  /**
   * A resource limit.
   *
   * @param name as setrlimit(2) has it, in lower case, without RLIMIT_: {@code nofile}
   * @param soft -1: no limit
   * @param hard -1: no limit
   */
  public record Ulimit(String name, long soft, long hard) {}

  public KernelSpec {
    ulimits = List.copyOf(ulimits);
    sysctls = Map.copyOf(sysctls);
  }

  public static KernelSpec none() {
    return new KernelSpec(List.of(), Map.of(), 0);
  }
}
