package io.jdocker.linux.launch;

import io.jdocker.linux.ProcessCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the namespace flags of clone(2), and the options of unshare(1) that set them. */
public final class CloneFlags {
  private static final Map<Long, String> NAMES = new LinkedHashMap<>();

  private static final Map<Long, String> OPTIONS = new LinkedHashMap<>();

  static {
    OPTIONS.put((long) ProcessCalls.CLONE_NEWNS, "--mount");
    OPTIONS.put((long) ProcessCalls.CLONE_NEWUTS, "--uts");
    OPTIONS.put((long) ProcessCalls.CLONE_NEWIPC, "--ipc");
    OPTIONS.put((long) ProcessCalls.CLONE_NEWPID, "--pid");
    OPTIONS.put((long) ProcessCalls.CLONE_NEWNET, "--net");
    OPTIONS.put((long) ProcessCalls.CLONE_NEWCGROUP, "--cgroup");
    OPTIONS.put((long) ProcessCalls.CLONE_NEWUSER, "--user");
    OPTIONS.put((long) ProcessCalls.CLONE_NEWTIME, "--time");
    NAMES.put((long) ProcessCalls.CLONE_NEWNS, "CLONE_NEWNS");
    NAMES.put((long) ProcessCalls.CLONE_NEWUTS, "CLONE_NEWUTS");
    NAMES.put((long) ProcessCalls.CLONE_NEWIPC, "CLONE_NEWIPC");
    NAMES.put((long) ProcessCalls.CLONE_NEWPID, "CLONE_NEWPID");
    NAMES.put((long) ProcessCalls.CLONE_NEWNET, "CLONE_NEWNET");
    NAMES.put((long) ProcessCalls.CLONE_NEWCGROUP, "CLONE_NEWCGROUP");
    NAMES.put((long) ProcessCalls.CLONE_NEWUSER, "CLONE_NEWUSER");
    NAMES.put((long) ProcessCalls.CLONE_NEWTIME, "CLONE_NEWTIME");
  }

  private CloneFlags() {}

  /** {@code --mount --pid}, as unshare(1) takes it. */
  public static String options(long flags) {
    List<String> options = new ArrayList<>();
    OPTIONS.forEach(
        (flag, option) -> {
          if ((flags & flag) != 0) {
            options.add(option);
          }
        });
    return String.join(" ", options);
  }

  /** {@code CLONE_NEWNS|CLONE_NEWPID}. */
  public static String shown(long flags) {
    List<String> names = new ArrayList<>();
    NAMES.forEach(
        (flag, name) -> {
          if ((flags & flag) != 0) {
            names.add(name);
          }
        });
    return String.join("|", names);
  }
}
