package io.jdocker.compose.model;

import java.util.List;
import java.util.Map;

/** What the process may do and see. Empty texts mean the engine's default. */
public record Confinement(
    boolean privileged,
    boolean readOnly,
    List<String> capAdd,
    List<String> capDrop,
    List<String> securityOptions,
    List<Device> devices,
    List<String> deviceRules,
    Map<String, String> sysctls,
    String pid,
    String ipc,
    String uts,
    String userNamespace,
    String cgroup,
    String cgroupParent) {
  /** A device of the host: {@code permissions} as {@code rwm}. */
  public record Device(String source, String target, String permissions) {}
}
