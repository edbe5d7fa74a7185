package io.jdocker.runtime.launch;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.KernelSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A container's kernel settings, looked over.
 *
 * @param oomScoreAdj 0 where it is the engine's own
 */
public record KernelSettings(
    List<ResourceLimit> limits, Map<String, String> sysctls, int oomScoreAdj) {
  private static final int MAX_SCORE = 1000;

  /** Of the namespace of System V IPC; sysctl(5) under kernel. has others, which are the host's. */
  private static final Set<String> IPC =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  public KernelSettings {
    limits = List.copyOf(limits);
    sysctls = Map.copyOf(sysctls);
  }

  /**
   * Looks them over.
   *
   * @throws InvalidArgument for what is wrong, or is no setting of a single container
   */
  public static KernelSettings of(KernelSpec spec) {
    int score = spec.oomScoreAdj();
    if (score < -MAX_SCORE || score > MAX_SCORE) {
      throw new InvalidArgument(
          "Invalid value " + score + ", range for oom score adj is [-1000, 1000]");
    }
    spec.sysctls().keySet().forEach(KernelSettings::requireNamespaced);
    return new KernelSettings(
        spec.ulimits().stream()
            .map(limit -> ResourceLimit.of(limit.name(), limit.soft(), limit.hard()))
            .toList(),
        spec.sysctls(),
        score);
  }

  /** True for a setting of a network namespace. */
  public static boolean isOfNetwork(String sysctl) {
    return canonical(sysctl).startsWith("net.");
  }

  /** True for a setting of an IPC namespace. */
  public static boolean isOfIpc(String sysctl) {
    String name = canonical(sysctl);
    return IPC.contains(name) || name.startsWith("fs.mqueue.");
  }

  private static void requireNamespaced(String sysctl) {
    String name = canonical(sysctl);
    if (name.equals("kernel.hostname")) {
      throw new InvalidArgument(
          "sysctl \""
              + sysctl
              + "\" is not allowed as it conflicts with the OCI \"hostname\" field");
    }
    if (!isOfNetwork(sysctl) && !isOfIpc(sysctl) && !name.equals("kernel.domainname")) {
      throw new InvalidArgument("sysctl \"" + sysctl + "\" is not in a separate kernel namespace");
    }
  }

  /** The name with dots: where a slash comes first, slashes separate and dots are part of names. */
  private static String canonical(String sysctl) {
    return String.join(".", parts(sysctl));
  }

  /** The file of a setting, below /proc/sys whatever the name is. */
  static String sysctlFile(String sysctl) {
    return "/proc/sys/" + String.join("/", parts(sysctl));
  }

  private static List<String> parts(String sysctl) {
    int slash = sysctl.indexOf('/');
    int dot = sysctl.indexOf('.');
    boolean slashes = slash >= 0 && (dot < 0 || slash < dot);
    List<String> parts = List.of(sysctl.split(slashes ? "/" : "\\.", -1));
    for (String part : parts) {
      // net.ipv4.conf.eth0/1.forwarding names the interface eth0.1.
      String name = part.replace('/', '.');
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
        throw new InvalidArgument(
            "sysctl \"" + sysctl + "\" is not in a separate kernel namespace");
      }
    }
    return parts.stream().map(part -> slashes ? part : part.replace('/', '.')).toList();
  }
}
