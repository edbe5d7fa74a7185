package io.jdocker.cli.container.request;

import static io.jdocker.cli.option.Flag.NO_SHORTHAND;
import static io.jdocker.cli.option.FlagKind.BOOL;
import static io.jdocker.cli.option.FlagKind.BYTES;
import static io.jdocker.cli.option.FlagKind.BYTES_OR_UNLIMITED;
import static io.jdocker.cli.option.FlagKind.DECIMAL;
import static io.jdocker.cli.option.FlagKind.DURATION;
import static io.jdocker.cli.option.FlagKind.GPUS;
import static io.jdocker.cli.option.FlagKind.INT;
import static io.jdocker.cli.option.FlagKind.LIST;
import static io.jdocker.cli.option.FlagKind.MAP;
import static io.jdocker.cli.option.FlagKind.MOUNT;
import static io.jdocker.cli.option.FlagKind.NETWORK;
import static io.jdocker.cli.option.FlagKind.STRING;
import static io.jdocker.cli.option.FlagKind.UINT16;
import static io.jdocker.cli.option.FlagKind.ULIMIT;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import java.util.List;

/** The flags that {@code run} and {@code create} share. */
public final class LaunchFlags {
  private LaunchFlags() {}

  public static FlagTable table() {
    FlagTable table = new FlagTable().showHelp();
    process(table);
    streams(table);
    network(table);
    storage(table);
    processor(table);
    memory(table);
    devices(table);
    isolation(table);
    health(table);
    lifecycle(table);
    foreign(table);
    return table;
  }

  /** What docker's command knows and a Linux engine does not have. */
  private static void foreign(FlagTable table) {
    table
        .addHidden(INT, "cpu-count", "CPU count (Windows only)")
        .addHidden(INT, "cpu-percent", "CPU percent (Windows only)")
        .addHidden(BYTES, "io-maxbandwidth", "Maximum IO bandwidth limit (Windows only)")
        .addHidden(INT, "io-maxiops", "Maximum IOps limit (Windows only)")
        .addHidden(BOOL, "disable-content-trust", "Skip image verification");
  }

  /**
   * Refuses the flags of Windows, as docker's command does of an engine on Linux.
   *
   * @throws CommandFailure naming the flag
   */
  static void refuseForeign(Parsed line) {
    for (String flag : List.of("cpu-count", "cpu-percent", "io-maxbandwidth", "io-maxiops")) {
      if (line.has(flag)) {
        throw new CommandFailure(
            "\"--"
                + flag
                + "\" is only supported on a Docker daemon running on windows, but the Docker"
                + " daemon is running on linux");
      }
    }
  }

  private static void process(FlagTable table) {
    table
        .add(STRING, "entrypoint", "Overwrite the default ENTRYPOINT of the image")
        .add(LIST, 'e', "env", "Set environment variables")
        .add(LIST, "env-file", "Read in a file of environment variables")
        .add(STRING, 'u', "user", "Username or UID (format: <name|uid>[:<group|gid>])")
        .add(LIST, "group-add", "Add additional groups to join")
        .add(STRING, 'w', "workdir", "Working directory inside the container")
        .add(
            BOOL,
            "init",
            "Run an init inside the container that forwards signals and reaps processes")
        .add(LIST, 'l', "label", "Set meta data on a container")
        .add(LIST, "label-file", "Read in a line delimited file of labels")
        .add(
            MAP,
            NO_SHORTHAND,
            "annotation",
            "Add an annotation to the container (passed through to the OCI runtime)",
            "map[]")
        .add(ULIMIT, NO_SHORTHAND, "ulimit", "Ulimit options", "[]")
        .add(MAP, NO_SHORTHAND, "sysctl", "Sysctl options", "map[]");
  }

  private static void streams(FlagTable table) {
    table
        .add(LIST, 'a', "attach", "Attach to STDIN, STDOUT or STDERR")
        .add(BOOL, 'i', "interactive", "Keep STDIN open even if not attached")
        .add(BOOL, 't', "tty", "Allocate a pseudo-TTY")
        .add(STRING, "log-driver", "Logging driver for the container")
        .add(LIST, "log-opt", "Log driver options");
  }

  private static void network(FlagTable table) {
    table
        .add(LIST, "add-host", "Add a custom host-to-IP mapping (host:ip)")
        .add(LIST, "dns", "Set custom DNS servers")
        .addWithAlias(LIST, "dns-option", "dns-opt", "Set DNS options")
        .add(LIST, "dns-search", "Set custom DNS search domains")
        .add(STRING, "domainname", "Container NIS domain name")
        .add(LIST, "expose", "Expose a port or a range of ports")
        .add(STRING, 'h', "hostname", "Container host name")
        .add(STRING, "ip", "IPv4 address (e.g., 172.30.100.104)")
        .add(STRING, "ip6", "IPv6 address (e.g., 2001:db8::33)")
        .add(LIST, "link", "Add link to another container")
        .add(LIST, "link-local-ip", "Container IPv4/IPv6 link-local addresses")
        .add(STRING, "mac-address", "Container MAC address (e.g., 92:d0:c6:0a:29:33)")
        .addWithAlias(NETWORK, "network", "net", "Connect a container to a network")
        .addWithAlias(
            LIST, "network-alias", "net-alias", "Add network-scoped alias for the container")
        .add(LIST, 'p', "publish", "Publish a container's port(s) to the host")
        .add(BOOL, 'P', "publish-all", "Publish all exposed ports to random ports");
  }

  private static void storage(FlagTable table) {
    table
        .add(MOUNT, "mount", "Attach a filesystem mount to the container")
        .add(BOOL, "read-only", "Mount the container's root filesystem as read only")
        .add(LIST, "storage-opt", "Storage driver options for the container")
        .add(LIST, "tmpfs", "Mount a tmpfs directory")
        .add(LIST, 'v', "volume", "Bind mount a volume")
        .add(STRING, "volume-driver", "Optional volume driver for the container")
        .add(LIST, "volumes-from", "Mount volumes from the specified container(s)");
  }

  private static void processor(FlagTable table) {
    table
        .add(INT, "cpu-period", "Limit CPU CFS (Completely Fair Scheduler) period")
        .add(INT, "cpu-quota", "Limit CPU CFS (Completely Fair Scheduler) quota")
        .add(INT, "cpu-rt-period", "Limit CPU real-time period in microseconds")
        .add(INT, "cpu-rt-runtime", "Limit CPU real-time runtime in microseconds")
        .add(INT, 'c', "cpu-shares", "CPU shares (relative weight)")
        .add(DECIMAL, "cpus", "Number of CPUs")
        .add(STRING, "cpuset-cpus", "CPUs in which to allow execution (0-3, 0,1)")
        .add(STRING, "cpuset-mems", "MEMs in which to allow execution (0-3, 0,1)")
        .add(INT, "pids-limit", "Tune container pids limit (set -1 for unlimited)");
  }

  private static void memory(FlagTable table) {
    table
        .add(BYTES, "kernel-memory", "Kernel memory limit")
        .add(BYTES, 'm', "memory", "Memory limit")
        .add(BYTES, "memory-reservation", "Memory soft limit")
        .add(
            BYTES_OR_UNLIMITED,
            "memory-swap",
            "Swap limit equal to memory plus swap: '-1' to enable unlimited swap")
        .add(
            INT,
            NO_SHORTHAND,
            "memory-swappiness",
            "Tune container memory swappiness (0 to 100)",
            "-1")
        .add(BOOL, "oom-kill-disable", "Disable OOM Killer")
        .add(INT, "oom-score-adj", "Tune host's OOM preferences (-1000 to 1000)")
        .add(BYTES, "shm-size", "Size of /dev/shm");
  }

  private static void devices(FlagTable table) {
    table
        .add(
            UINT16,
            NO_SHORTHAND,
            "blkio-weight",
            "Block IO (relative weight), between 10 and 1000, or 0 to disable",
            "0")
        .add(
            LIST,
            NO_SHORTHAND,
            "blkio-weight-device",
            "Block IO weight (relative device weight)",
            "[]")
        .add(LIST, "device", "Add a host device to the container")
        .add(LIST, "device-cgroup-rule", "Add a rule to the cgroup allowed devices list")
        .add(
            LIST,
            NO_SHORTHAND,
            "device-read-bps",
            "Limit read rate (bytes per second) from a device",
            "[]")
        .add(
            LIST,
            NO_SHORTHAND,
            "device-read-iops",
            "Limit read rate (IO per second) from a device",
            "[]")
        .add(
            LIST,
            NO_SHORTHAND,
            "device-write-bps",
            "Limit write rate (bytes per second) to a device",
            "[]")
        .add(
            LIST,
            NO_SHORTHAND,
            "device-write-iops",
            "Limit write rate (IO per second) to a device",
            "[]")
        .add(GPUS, "gpus", "GPU devices to add to the container ('all' to pass all GPUs)");
  }

  private static void isolation(FlagTable table) {
    table
        .add(LIST, "cap-add", "Add Linux capabilities")
        .add(LIST, "cap-drop", "Drop Linux capabilities")
        .add(STRING, "cgroup-parent", "Optional parent cgroup for the container")
        .add(
            STRING,
            "cgroupns",
            """
            Cgroup namespace to use (host|private)
            'host':    Run the container in the host's cgroup namespace
            'private': Run the container in its own private cgroup namespace
            '':        Use the daemon's default""")
        .add(STRING, "ipc", "IPC mode to use")
        .add(STRING, "isolation", "Container isolation technology")
        .add(STRING, "pid", "PID namespace to use")
        .add(BOOL, "privileged", "Give extended privileges to this container")
        .add(STRING, "runtime", "Runtime to use for this container")
        .add(LIST, "security-opt", "Security Options")
        .add(
            LIST,
            "time-offset",
            "Move a clock of the container (monotonic=SECONDS, boottime=SECONDS)")
        .add(LIST, "gidmap", "Groups of the container on the host (CONTAINER_ID:HOST_ID[:COUNT])")
        .add(LIST, "uidmap", "Users of the container on the host (CONTAINER_ID:HOST_ID[:COUNT])")
        .add(STRING, "userns", "User namespace to use")
        .add(STRING, "uts", "UTS namespace to use");
  }

  private static void health(FlagTable table) {
    table
        .add(STRING, "health-cmd", "Command to run to check health")
        .add(
            DURATION,
            NO_SHORTHAND,
            "health-interval",
            "Time between running the check (ms|s|m|h)",
            "0s")
        .add(INT, "health-retries", "Consecutive failures needed to report unhealthy")
        .add(
            DURATION,
            NO_SHORTHAND,
            "health-start-interval",
            "Time between running the check during the start period (ms|s|m|h)",
            "0s")
        .add(
            DURATION,
            NO_SHORTHAND,
            "health-start-period",
            "Start period for the container to initialize before starting health-retries"
                + " countdown (ms|s|m|h)",
            "0s")
        .add(
            DURATION,
            NO_SHORTHAND,
            "health-timeout",
            "Maximum time to allow one check to run (ms|s|m|h)",
            "0s")
        .add(BOOL, "no-healthcheck", "Disable any container-specified HEALTHCHECK");
  }

  private static void lifecycle(FlagTable table) {
    table
        .add(STRING, "cidfile", "Write the container ID to the file")
        .add(STRING, "name", "Assign a name to the container")
        .add(STRING, "platform", "Set platform if server is multi-platform capable")
        .add(
            STRING,
            NO_SHORTHAND,
            "pull",
            "Pull image before running (\"always\", \"missing\", \"never\")",
            "\"missing\"")
        .add(BOOL, 'q', "quiet", "Suppress the pull output")
        .add(
            STRING,
            NO_SHORTHAND,
            "restart",
            "Restart policy to apply when a container exits",
            "\"no\"")
        .add(
            BOOL,
            "rm",
            "Automatically remove the container and its associated anonymous volumes when it exits")
        .add(STRING, "stop-signal", "Signal to stop the container")
        .add(INT, "stop-timeout", "Timeout (in seconds) to stop a container");
  }
}
