package io.jdocker.cli.container.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.FlagValues;
import io.jdocker.cli.option.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What a container takes from its host: the {@code HostConfig} of a request. */
final class HostConfig {
  private final Parsed line;
  private final List<PortSpec> ports;
  private final VolumeSpecs volumes;
  private final List<NetworkSpec> networks;
  private final JsonBody host = new JsonBody();

  HostConfig(Parsed line, List<PortSpec> ports, VolumeSpecs volumes, List<NetworkSpec> networks) {
    this.line = line;
    this.ports = ports;
    this.volumes = volumes;
    this.networks = networks;
  }

  JsonObject build() {
    lifecycle();
    network();
    storage();
    processor();
    memory();
    devices();
    isolation();
    return host.build();
  }

  private void lifecycle() {
    boolean autoRemove = line.isSet("rm");
    String restart = line.text("restart");
    if (autoRemove && !restart.isEmpty() && !restart.equals("no")) {
      throw Refusal.of("conflicting options: cannot specify both --restart and --rm");
    }
    if (line.text("log-driver").equals("none") && line.has("log-opt")) {
      throw Refusal.of("invalid logging opts for driver none");
    }
    JsonBody log =
        new JsonBody()
            .text("Type", line.text("log-driver"))
            .map("Config", KeyValues.map(line.list("log-opt")));
    host.flag("AutoRemove", autoRemove)
        .member("RestartPolicy", restartPolicy(restart))
        .text("ContainerIDFile", line.text("cidfile"))
        .member("LogConfig", log.build())
        .map("Annotations", KeyValues.map(line.list("annotation")));
    if (line.has("init")) {
      host.member("Init", new com.google.gson.JsonPrimitive(line.isSet("init")));
    }
  }

  private static JsonObject restartPolicy(String text) {
    try {
      return RestartPolicySpec.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(e.getMessage());
    }
  }

  private void network() {
    JsonObject bindings = new JsonObject();
    for (PortSpec port : ports) {
      JsonObject binding = new JsonObject();
      binding.addProperty("HostIp", port.hostIp());
      binding.addProperty("HostPort", port.hostPort());
      if (!bindings.has(port.port())) {
        bindings.add(port.port(), new JsonArray());
      }
      bindings.getAsJsonArray(port.port()).add(binding);
    }
    host.text("NetworkMode", networks.get(0).name())
        .member("PortBindings", bindings)
        .flag("PublishAllPorts", line.isSet("publish-all"))
        .texts("Dns", ValueRules.nameServers(line.list("dns")))
        .texts("DnsOptions", line.list("dns-option"))
        .texts("DnsSearch", line.list("dns-search"))
        .texts("ExtraHosts", line.list("add-host").stream().map(ValueRules::extraHost).toList())
        .texts("Links", ValueRules.links(line.list("link")));
  }

  private void storage() {
    JsonArray mounts = new JsonArray();
    for (String text : line.list("mount")) {
      mounts.add(MountSpec.parse(text));
    }
    JsonObject tmpfs = new JsonObject();
    for (String text : line.list("tmpfs")) {
      int colon = text.indexOf(':');
      tmpfs.addProperty(
          colon < 0 ? text : text.substring(0, colon), colon < 0 ? "" : text.substring(colon + 1));
    }
    host.texts("Binds", volumes.binds())
        .member("Mounts", mounts)
        .member("Tmpfs", tmpfs)
        .texts("VolumesFrom", line.list("volumes-from"))
        .text("VolumeDriver", line.text("volume-driver"))
        .flag("ReadonlyRootfs", line.isSet("read-only"))
        .map("StorageOpt", storageOptions())
        .number("ShmSize", line.bytes("shm-size"));
  }

  private Map<String, String> storageOptions() {
    List<String> texts = line.list("storage-opt");
    if (texts.stream().anyMatch(text -> text.indexOf('=') < 0)) {
      throw Refusal.of("invalid storage option");
    }
    return KeyValues.map(texts);
  }

  private void processor() {
    line.find("cpus").ifPresent(text -> host.number("NanoCpus", FlagValues.parseNanoCpus(text)));
    host.number("CpuPeriod", line.number("cpu-period", 0))
        .number("CpuQuota", line.number("cpu-quota", 0))
        .number("CpuRealtimePeriod", line.number("cpu-rt-period", 0))
        .number("CpuRealtimeRuntime", line.number("cpu-rt-runtime", 0))
        .number("CpuShares", line.number("cpu-shares", 0))
        .text("CpusetCpus", line.text("cpuset-cpus"))
        .text("CpusetMems", line.text("cpuset-mems"))
        .number("PidsLimit", line.number("pids-limit", 0));
  }

  private void memory() {
    host.number("Memory", line.bytes("memory"))
        .number("MemoryReservation", line.bytes("memory-reservation"))
        .number("MemorySwap", line.bytesOrUnlimited("memory-swap"))
        .flag("OomKillDisable", line.isSet("oom-kill-disable"))
        .number("OomScoreAdj", line.number("oom-score-adj", 0));
    long swappiness = line.number("memory-swappiness", -1);
    if (swappiness < -1 || swappiness > 100) {
      throw Refusal.of("invalid value: " + swappiness + ". Valid memory swappiness range is 0-100");
    }
    if (swappiness >= 0) {
      // Here 0 says something: never swap.
      host.member("MemorySwappiness", new com.google.gson.JsonPrimitive(swappiness));
    }
  }

  private void devices() {
    host.number("BlkioWeight", line.number("blkio-weight", 0))
        .member("BlkioWeightDevice", BlockIoSpec.weights(line.list("blkio-weight-device")))
        .member("BlkioDeviceReadBps", rates("device-read-bps", true))
        .member("BlkioDeviceWriteBps", rates("device-write-bps", true))
        .member("BlkioDeviceReadIOps", rates("device-read-iops", false))
        .member("BlkioDeviceWriteIOps", rates("device-write-iops", false))
        .member("Devices", DeviceSpec.devices(line.list("device")))
        .texts("DeviceCgroupRules", DeviceSpec.rules(line.list("device-cgroup-rule")))
        .member("DeviceRequests", GpuSpec.parse(line.text("gpus")))
        .member("Ulimits", UlimitSpec.parse(line.list("ulimit")));
  }

  private JsonArray rates(String flag, boolean inBytes) {
    return BlockIoSpec.rates(line.list(flag), "--" + flag, inBytes);
  }

  private void isolation() {
    List<String> added = capabilities("cap-add");
    List<String> dropped = capabilities("cap-drop");
    dropped.removeAll(added);
    List<String> security = new ArrayList<>(SecurityOptions.parse(line.list("security-opt")));
    if (security.remove("systempaths=unconfined")) {
      // Empty lists say something here: hide nothing, protect nothing.
      host.emptyList("MaskedPaths").emptyList("ReadonlyPaths");
    }
    host.texts("CapAdd", added)
        .texts("CapDrop", dropped)
        .text("CgroupParent", line.text("cgroup-parent"))
        .text("CgroupnsMode", mode("cgroupns", List.of("host", "private")))
        .texts("GroupAdd", line.list("group-add"))
        .text("IpcMode", line.text("ipc"))
        .text("Isolation", line.text("isolation"))
        .text("PidMode", pidMode())
        .flag("Privileged", line.isSet("privileged"))
        .text("Runtime", line.text("runtime"))
        .texts("SecurityOpt", security)
        .map("Sysctls", SysctlSpec.parse(line.list("sysctl")))
        .map("TimeOffsets", timeOffsets())
        .text("UsernsMode", mode("userns", List.of("host", "remap")))
        .member("IDMappings", idMappings())
        .text("UTSMode", mode("uts", List.of("host")));
  }

  /** Who the container's users and groups are on the host; null where nobody says. */
  private JsonObject idMappings() {
    List<String> users = line.list("uidmap");
    List<String> groups = line.list("gidmap");
    if (users.isEmpty() && groups.isEmpty()) {
      return null;
    }
    JsonObject both = new JsonObject();
    both.add("UidMap", texts(users));
    both.add("GidMap", texts(groups));
    return both;
  }

  private static JsonArray texts(List<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  /** Both clocks in one value, or each in its own. */
  private Map<String, String> timeOffsets() {
    Map<String, String> offsets = new LinkedHashMap<>();
    for (String text : line.list("time-offset")) {
      for (String part : text.split(",", -1)) {
        int equals = part.indexOf('=');
        if (equals <= 0) {
          throw Refusal.ofArgument(text, "--time-offset", "expected CLOCK=SECONDS");
        }
        offsets.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return offsets;
  }

  /**
   * As capabilities(7) spells them, {@code CAP_NET_ADMIN}, each once; {@code ALL} stands for all.
   */
  private List<String> capabilities(String flag) {
    TreeSet<String> names = new TreeSet<>();
    for (String text : line.list(flag)) {
      String name = text.strip().toUpperCase(Locale.ROOT);
      names.add(name.equals("ALL") || name.startsWith("CAP_") ? name : "CAP_" + name);
    }
    return new ArrayList<>(names);
  }

  private String pidMode() {
    String text = line.text("pid");
    return text.startsWith("container:") ? text : mode("pid", List.of("host"));
  }

  private String mode(String flag, List<String> allowed) {
    String text = line.text(flag);
    if (!text.isEmpty() && !allowed.contains(text)) {
      String name =
          switch (flag) {
            case "pid" -> "PID";
            case "uts" -> "UTS";
            case "userns" -> "USER";
            default -> "CGROUP";
          };
      throw Refusal.of("--" + flag + ": invalid " + name + " mode");
    }
    return text;
  }
}
