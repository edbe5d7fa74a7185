package io.jdocker.daemon.containers;

import io.jdocker.daemon.json.Embedded;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Docker's HostConfig: what of a container depends on its host. Sent at creation, and shown. */
record HostConfigDocument(
    Optional<List<String>> binds,
    LogConfigDocument logConfig,
    String networkMode,
    Map<String, List<PortBindingDocument>> portBindings,
    RestartPolicyDocument restartPolicy,
    boolean autoRemove,
    @Key("ContainerIDFile") String containerIdFile,
    String volumeDriver,
    Optional<List<String>> volumesFrom,
    List<Integer> consoleSize,
    Optional<List<String>> capAdd,
    Optional<List<String>> capDrop,
    String cgroupnsMode,
    List<String> dns,
    List<String> dnsOptions,
    List<String> dnsSearch,
    Optional<List<String>> extraHosts,
    Optional<List<String>> groupAdd,
    String ipcMode,
    Optional<List<String>> links,
    String pidMode,
    boolean privileged,
    boolean publishAllPorts,
    boolean readonlyRootfs,
    Optional<List<String>> securityOpt,
    @OmitEmpty Map<String, String> tmpfs,
    @Key("UTSMode") String utsMode,
    String usernsMode,
    @OmitEmpty @Key("IDMappings") Optional<IdMappingsDocument> idMappings,
    @OmitEmpty Map<String, String> timeOffsets,
    long shmSize,
    @OmitEmpty Optional<Boolean> init,
    @OmitEmpty List<MountDocument> mounts,
    @Embedded LimitsDocument limits,
    @Embedded SettingsDocument settings,
    @Embedded UnsupportedDocument unsupported) {

  /**
   * As podman has them: lines of CONTAINER:HOST:COUNT. What is given holds for both where one is.
   */
  record IdMappingsDocument(List<String> uidMap, List<String> gidMap) {}

  record LogConfigDocument(String type, Map<String, String> config) {}

  record PortBindingDocument(String hostIp, String hostPort) {}

  record RestartPolicyDocument(String name, int maximumRetryCount) {}

  /** A mount as {@code --mount} has it. */
  record MountDocument(
      String type,
      @OmitEmpty String source,
      String target,
      @OmitEmpty boolean readOnly,
      @OmitEmpty String consistency,
      @OmitEmpty Optional<BindOptionsDocument> bindOptions,
      @OmitEmpty Optional<VolumeOptionsDocument> volumeOptions,
      @OmitEmpty Optional<TmpfsOptionsDocument> tmpfsOptions) {}

  record BindOptionsDocument(
      @OmitEmpty String propagation,
      @OmitEmpty boolean nonRecursive,
      @OmitEmpty boolean createMountpoint,
      @OmitEmpty boolean readOnlyNonRecursive,
      @OmitEmpty boolean readOnlyForceRecursive) {}

  record VolumeOptionsDocument(
      @OmitEmpty boolean noCopy,
      @OmitEmpty Map<String, String> labels,
      @OmitEmpty String subpath,
      @OmitEmpty Optional<DriverConfigDocument> driverConfig) {}

  record DriverConfigDocument(@OmitEmpty String name, @OmitEmpty Map<String, String> options) {}

  record TmpfsOptionsDocument(
      @OmitEmpty long sizeBytes, @OmitEmpty int mode, @OmitEmpty List<List<String>> options) {}
}
