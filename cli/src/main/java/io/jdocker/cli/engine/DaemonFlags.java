package io.jdocker.cli.engine;

import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import java.util.ArrayList;
import java.util.List;

/** The flags of {@code jdocker daemon} that the engine's own process gets, as they were typed. */
final class DaemonFlags {
  private static final List<String> TEXTS =
      List.of(
          "bip",
          "cgroup-parent",
          "cluster-advertise",
          "cluster-store",
          "config-file",
          "default-shm-size",
          "log-driver",
          "log-format",
          "log-level",
          "metrics-addr",
          "tlscacert",
          "tlscert",
          "tlskey",
          "userns-remap");

  private static final List<String> LISTS =
      List.of(
          "cluster-store-opt",
          "default-address-pool",
          "host",
          "insecure-registry",
          "label",
          "log-opt",
          "registry-mirror");

  private static final List<String> SWITCHES = List.of("debug", "init", "tls", "tlsverify");

  private DaemonFlags() {}

  /** All of them, with what the verb has for itself. */
  static FlagTable table() {
    return new FlagTable()
        .add(
            FlagKind.STRING,
            "bip",
            "Address of the default bridge in CIDR notation (e.g. 172.30.0.1/16)")
        .add(FlagKind.STRING, "cgroup-parent", "Control group below which containers get theirs")
        .add(
            FlagKind.STRING,
            "cluster-advertise",
            "Address or interface by which other hosts reach this one")
        .add(
            FlagKind.STRING,
            "cluster-store",
            "Where hosts of overlay networks meet: etcd://HOST:PORT[,...], etcds://... or none")
        .add(FlagKind.LIST, "cluster-store-opt", "Option of the cluster store: name=value")
        .add(FlagKind.STRING, "config-file", "Settings to read (default /etc/jdocker/daemon.json)")
        .add(FlagKind.BOOL, 'D', "debug", "Enable debug mode")
        .add(FlagKind.LIST, "default-address-pool", "Subnets of networks: base=CIDR,size=BITS")
        .add(FlagKind.STRING, "default-shm-size", "Size of /dev/shm where a container says none")
        .add(FlagKind.LIST, 'H', "host", "Where to listen: unix:///path, tcp://host:port or fd://")
        .add(FlagKind.BOOL, "init", "Run an init in each container that does not say otherwise")
        .add(
            FlagKind.LIST,
            "insecure-registry",
            "Registry without a valid certificate: host[:port] or a network (e.g. 10.0.0.0/8)")
        .add(FlagKind.LIST, "label", "Label of the engine: key=value")
        .add(FlagKind.STRING, "log-driver", "Log driver of containers that name none")
        .add(FlagKind.STRING, "log-format", "Form of the engine's own log: text or json")
        .add(FlagKind.STRING, "log-level", "Least grave that is logged: debug, info, warn or error")
        .add(FlagKind.LIST, "log-opt", "Option of that log driver: name=value")
        .add(FlagKind.STRING, "metrics-addr", "Address and port for Prometheus to ask for /metrics")
        .add(FlagKind.LIST, "registry-mirror", "Registry to ask before Docker Hub")
        .add(FlagKind.BOOL, "status", "Tell whether the engine runs: exit code 0 if so, else 1")
        .add(FlagKind.BOOL, "stop", "End the engine; its containers go on running")
        .add(FlagKind.BOOL, "tls", "TLS on TCP; --tls=false lets everybody in who reaches the port")
        .add(FlagKind.STRING, "tlscacert", "Let in only whose certificate this CA has signed")
        .add(FlagKind.STRING, "tlscert", "The engine's own certificate")
        .add(FlagKind.STRING, "tlskey", "The key of that certificate")
        .add(FlagKind.BOOL, "tlsverify", "TLS on TCP, and let in only clients with a certificate")
        .add(
            FlagKind.STRING,
            "userns-remap",
            "User/Group setting for user namespaces (default, USER[:GROUP] or UID[:GID])");
  }

  /** What was typed, for the engine. */
  static List<String> of(Parsed line) {
    List<String> options = new ArrayList<>();
    for (String flag : TEXTS) {
      line.find(flag).ifPresent(value -> options.addAll(List.of("--" + flag, value)));
    }
    for (String flag : LISTS) {
      line.list(flag).forEach(value -> options.addAll(List.of("--" + flag, value)));
    }
    for (String flag : SWITCHES) {
      line.find(flag).ifPresent(value -> options.add("--" + flag + "=" + value));
    }
    return options;
  }
}
