package io.jdocker.runtime.explain;

import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small trace, with one effect of each kind that a script treats in its own way. */
final class Traces {
  static final Subject SUBJECT =
      new Subject(
          "0123456789ab",
          "web",
          "busybox",
          List.of("httpd", "-h", "/a b"),
          Path.of("/r"),
          Path.of("/r/containers/0123456789ab"));

  private Traces() {}

  static TraceEntry entry(Stage stage, String purpose, String call, String shell) {
    return new TraceEntry(stage, purpose, call, "0", 0, Optional.ofNullable(shell));
  }

  private static TraceEntry launch(String purpose, String call, String shell) {
    return entry(Stage.LAUNCH, purpose, call, shell);
  }

  static List<TraceEntry> small() {
    return List.of(
        new TraceEntry(
            Stage.CGROUP,
            "make the cgroup",
            "mkdir(\"/cg/0123456789ab\", 0755)",
            "0",
            41_700,
            Optional.of("mkdir -p /cg/0123456789ab")),
        entry(Stage.NETWORK, "make the namespace", "unshare(CLONE_NEWNET)", "ip netns add web"),
        entry(
            Stage.PORTS,
            "publish ports",
            "iptables-restore",
            "iptables -t nat -A JDOCKER-T8064 -j DNAT"),
        entry(
            Stage.NAMES,
            "write the container's /etc/hosts",
            "write(hosts)",
            "cat > " + SUBJECT.folder() + "/hosts <<'END'\n127.0.0.1 localhost\nEND"),
        launch("clone", "clone3({CLONE_NEWPID}, 88)", "unshare --pid --fork"),
        launch(
            "join its control group",
            "write(9, \"0\", 1)",
            "echo 0 > /cg/0123456789ab/cgroup.procs"),
        launch("join its network", "setns(8, CLONE_NEWNET)", "nsenter --net=/run/netns/web"),
        launch(
            "stack the layers",
            "mount(\"overlay\", ...)",
            "mount -t overlay -o"
                + " lowerdir=l/1,upperdir=snapshots/0/upper,workdir=snapshots/0/work,index=off"
                + " overlay /r/rootfs"),
        launch("make it the root", "pivot_root(\".\", \".\")", "pivot_root . ."),
        launch("let go of the host's root", "umount2(\".\", MNT_DETACH)", "umount -l ."),
        launch("keep nothing of the daemon open", "close_range(3, -1, 0)", null),
        launch("enter the work folder", "chdir(\"/srv\")", "cd /srv"),
        launch("which system calls it may make", "seccomp(1, 0, ...)", null),
        launch("what root may do", "capset(..., 0x1)", "setpriv --bounding-set=-all,+chown"),
        new TraceEntry(
            Stage.LAUNCH,
            "run the command",
            "execve(\"/bin/httpd\", ...)",
            "ENOENT",
            0,
            Optional.of("exec env -i 'A=b c' wrong")),
        launch("run the command", "execve(\"/usr/bin/httpd\", ...)", "exec env -i 'A=b c' httpd"),
        launch("become the keeper", "execve(\"/r/keeper\", ...)", null));
  }
}
