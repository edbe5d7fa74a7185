package io.jdocker.cli.container.request;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code --sysctl net.core.somaxconn=1024}: settings of a container's own namespaces. */
final class SysctlSpec {
  private static final Set<String> NAMES =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  private SysctlSpec() {}

  static Map<String, String> parse(List<String> texts) {
    for (String text : texts) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? "" : text.substring(0, equals);
      if (!NAMES.contains(name) && !name.startsWith("net.") && !name.startsWith("fs.mqueue.")) {
        throw Refusal.ofArgument(text, "--sysctl", "sysctl '" + text + "' is not allowed");
      }
    }
    return KeyValues.map(texts);
  }
}
