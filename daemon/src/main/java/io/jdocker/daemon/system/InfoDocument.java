package io.jdocker.daemon.system;

import io.jdocker.daemon.json.Embedded;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code docker info}. */
record InfoDocument(
    @Key("ID") String id,
    @Embedded Counts counts,
    String driver,
    List<List<String>> driverStatus,
    Plugins plugins,
    @Embedded Abilities abilities,
    boolean debug,
    @Key("NFd") int files,
    @Key("NGoroutines") int threads,
    String systemTime,
    String loggingDriver,
    String cgroupDriver,
    String cgroupVersion,
    @Key("NEventsListener") int eventListeners,
    @Embedded Machine machine,
    String indexServerAddress,
    RegistryConfig registryConfig,
    Optional<List<String>> genericResources,
    String dockerRootDir,
    String httpProxy,
    String httpsProxy,
    String noProxy,
    String name,
    List<String> labels,
    boolean experimentalBuild,
    String serverVersion,
    Map<String, RuntimeDocument> runtimes,
    String defaultRuntime,
    SwarmDocument swarm,
    @OmitEmpty String clusterStore,
    @OmitEmpty String clusterAdvertise,
    boolean liveRestoreEnabled,
    String isolation,
    String initBinary,
    Commit containerdCommit,
    Commit runcCommit,
    Commit initCommit,
    List<String> securityOptions,
    @Key("CDISpecDirs") List<String> cdiSpecDirs,
    Optional<List<String>> warnings) {

  record Counts(
      int containers,
      int containersRunning,
      int containersPaused,
      int containersStopped,
      int images) {}

  record Plugins(
      List<String> volume,
      List<String> network,
      Optional<List<String>> authorization,
      List<String> log) {}

  record Abilities(
      boolean memoryLimit,
      boolean swapLimit,
      boolean cpuCfsPeriod,
      boolean cpuCfsQuota,
      @Key("CPUShares") boolean cpuShares,
      @Key("CPUSet") boolean cpuSet,
      boolean pidsLimit,
      boolean oomKillDisable,
      @Key("IPv4Forwarding") boolean ipv4Forwarding,
      boolean bridgeNfIptables,
      @Key("BridgeNfIp6tables") boolean bridgeNfIp6tables) {}

  record Machine(
      String kernelVersion,
      String operatingSystem,
      @Key("OSVersion") String osVersion,
      @Key("OSType") String osType,
      String architecture,
      @Key("NCPU") int cpus,
      long memTotal) {}

  record RegistryConfig(
      @Key("InsecureRegistryCIDRs") List<String> insecureRegistryCidrs,
      Map<String, String> indexConfigs,
      Optional<List<String>> mirrors) {}

  record RuntimeDocument(@Key("path") String path) {}

  record SwarmDocument(
      @Key("NodeID") String nodeId,
      String nodeAddr,
      String localNodeState,
      boolean controlAvailable,
      String error,
      Optional<List<String>> remoteManagers) {}

  record Commit(@Key("ID") String id) {}
}
