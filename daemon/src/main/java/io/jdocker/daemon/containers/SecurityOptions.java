package io.jdocker.daemon.containers;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.spec.SecuritySpec;
import java.util.List;

/** Reads {@code --security-opt} and the other security settings. */
record SecurityOptions(HostConfigDocument host) {

  SecuritySpec spec() {
    boolean noNewPrivileges = false;
    String seccomp = "";
    for (String option : host.securityOpt().orElse(List.of())) {
      int separator = separator(option);
      String name = separator < 0 ? option : option.substring(0, separator);
      String value = separator < 0 ? "" : option.substring(separator + 1);
      switch (name) {
        case "no-new-privileges" -> noNewPrivileges = truth(option, value);
        case "seccomp" -> seccomp = value.equals("builtin") ? "" : value;
        // There is no such policy on the container, which is what these ask for.
        case "apparmor" -> requireOff(option, value.equals("unconfined"));
        case "label" -> requireOff(option, value.equals("disable"));
        default -> throw new InvalidArgument("invalid --security-opt 2: \"" + option + "\"");
      }
    }
    return new SecuritySpec(
        host.privileged(),
        host.readonlyRootfs(),
        host.capAdd().orElse(List.of()),
        host.capDrop().orElse(List.of()),
        noNewPrivileges,
        seccomp);
  }

  /** The form is name=value; name:value is the older one. */
  private static int separator(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option.indexOf(':') : equals;
  }

  private static boolean truth(String option, String value) {
    return switch (value) {
      case "", "true" -> true;
      case "false" -> false;
      default -> throw new InvalidArgument("invalid --security-opt 2: \"" + option + "\"");
    };
  }

  private static void requireOff(String option, boolean off) {
    if (!off) {
      throw new Unsupported(
          "--security-opt " + option + " is not supported by this version of jdocker");
    }
  }
}
