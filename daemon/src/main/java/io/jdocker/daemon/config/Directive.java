package io.jdocker.daemon.config;

import java.util.Arrays;
import java.util.Optional;

/** A setting of the daemon: a flag of its command line, most of them also a key of daemon.json. */
enum Directive {
  ROOT("root", "", Kind.TEXT),
  CONFIG_FILE("config-file", "", Kind.TEXT),
  HOST("host", "hosts", Kind.LIST),
  TLS("tls", "tls", Kind.BOOL),
  TLS_VERIFY("tlsverify", "tlsverify", Kind.BOOL),
  TLS_CA("tlscacert", "tlscacert", Kind.TEXT),
  TLS_CERTIFICATE("tlscert", "tlscert", Kind.TEXT),
  TLS_KEY("tlskey", "tlskey", Kind.TEXT),
  METRICS("metrics-addr", "metrics-addr", Kind.TEXT),
  LOG_LEVEL("log-level", "log-level", Kind.TEXT),
  LOG_FORMAT("log-format", "log-format", Kind.TEXT),
  DEBUG("debug", "debug", Kind.BOOL),
  LABEL("label", "labels", Kind.LIST),
  BIP("bip", "bip", Kind.TEXT),
  POOL("default-address-pool", "default-address-pools", Kind.POOLS),
  CGROUP_PARENT("cgroup-parent", "cgroup-parent", Kind.TEXT),
  USERNS_REMAP("userns-remap", "userns-remap", Kind.TEXT),
  CLUSTER_STORE("cluster-store", "cluster-store", Kind.TEXT),
  CLUSTER_ADVERTISE("cluster-advertise", "cluster-advertise", Kind.TEXT),
  CLUSTER_OPTION("cluster-store-opt", "cluster-store-opts", Kind.MAP),
  MIRROR("registry-mirror", "registry-mirrors", Kind.LIST),
  INSECURE_REGISTRY("insecure-registry", "insecure-registries", Kind.LIST),
  LOG_DRIVER("log-driver", "log-driver", Kind.TEXT),
  LOG_OPTION("log-opt", "log-opts", Kind.MAP),
  SHM_SIZE("default-shm-size", "default-shm-size", Kind.TEXT),
  INIT("init", "init", Kind.BOOL);

  /** How daemon.json has it. A flag is repeated for a list, a map and pools. */
  enum Kind {
    TEXT,
    BOOL,
    LIST,
    MAP,
    POOLS
  }

  private final String flag;
  private final String key;
  private final Kind kind;

  Directive(String flag, String key, Kind kind) {
    this.flag = flag;
    this.key = key;
    this.kind = kind;
  }

  /** Without dashes. */
  String flag() {
    return flag;
  }

  /** In daemon.json; empty for what can only be a flag. */
  String key() {
    return key;
  }

  Kind kind() {
    return kind;
  }

  static Optional<Directive> ofFlag(String name) {
    return Arrays.stream(values()).filter(each -> each.flag.equals(name)).findFirst();
  }

  static Optional<Directive> ofKey(String name) {
    return Arrays.stream(values())
        .filter(each -> !each.key.isEmpty() && each.key.equals(name))
        .findFirst();
  }
}
