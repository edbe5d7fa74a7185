package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.daemon.json.Json;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.NamespaceMode;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import io.jdocker.runtime.spec.NetworkingSpec.PublishedPort;
import io.jdocker.runtime.spec.TimeOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateRequestTest {
  /** What the docker command 28 sends for {@code docker create IMAGE}, zero values and all. */
  private static final String PLAIN =
      """
      {"Hostname":"","Domainname":"","User":"","AttachStdin":false,"AttachStdout":true,
       "AttachStderr":true,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":null,"Cmd":null,
       "Image":"bb:1","Volumes":{},"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":{},
       "HostConfig":{"Binds":null,"ContainerIDFile":"","LogConfig":{"Type":"","Config":{}},
        "NetworkMode":"default","PortBindings":{},"RestartPolicy":{"Name":"no",
        "MaximumRetryCount":0},"AutoRemove":false,"VolumeDriver":"","VolumesFrom":null,
        "ConsoleSize":[0,0],"CapAdd":null,"CapDrop":null,"CgroupnsMode":"","Dns":[],
        "DnsOptions":[],"DnsSearch":[],"ExtraHosts":null,"GroupAdd":null,"IpcMode":"","Cgroup":"",
        "Links":null,"OomScoreAdj":0,"PidMode":"","Privileged":false,"PublishAllPorts":false,
        "ReadonlyRootfs":false,"SecurityOpt":null,"UTSMode":"","UsernsMode":"","ShmSize":0,
        "Isolation":"","CpuShares":0,"Memory":0,"NanoCpus":0,"CgroupParent":"","BlkioWeight":0,
        "BlkioWeightDevice":[],"BlkioDeviceReadBps":[],"CpuPeriod":0,"CpuQuota":0,"Devices":[],
        "DeviceCgroupRules":null,"DeviceRequests":null,"MemorySwappiness":-1,
        "OomKillDisable":false,"PidsLimit":0,"Ulimits":[],"MaskedPaths":null,
        "ReadonlyPaths":null},
       "NetworkingConfig":{"EndpointsConfig":{"default":{"IPAMConfig":null,"Links":null,
        "Aliases":null,"MacAddress":""}}}}""";

  private final Json json = new Json();

  private ContainerSpec spec(String body) {
    return new CreateRequest(json.read(body, CreateDocument.class)).spec(warning -> {});
  }

  private ContainerSpec host(String hostConfig) {
    return spec("{\"Image\":\"bb\",\"HostConfig\":{" + hostConfig + "}}");
  }

  @Test
  void zeroValuesOfTheDockerCommandAreAccepted() {
    ContainerSpec spec = spec(PLAIN);
    assertEquals("bb:1", spec.image());
    assertEquals(Optional.empty(), spec.process().command());
    assertEquals(List.of("stdout", "stderr"), spec.process().attached());
    assertEquals("default", spec.networking().mode());
    assertEquals(
        Map.of("default", new EndpointRequest("", "", List.of(), List.of(), 0)),
        spec.networking().endpoints());
    assertEquals(0, spec.resources().limits().pids());
  }

  @Test
  void emptyBodyHasTheSameMeaning() {
    assertEquals("default", spec("{\"Image\":\"bb:1\"}").networking().mode());
  }

  @Test
  void commandAndEntrypoint() {
    ContainerSpec spec = spec("{\"Image\":\"b\",\"Cmd\":\"ls\",\"Entrypoint\":[\"sh\",\"-c\"]}");
    assertEquals(List.of("sh", "-c", "ls"), spec.process().argv());
    assertEquals(
        Optional.of(List.of()),
        spec("{\"Image\":\"b\",\"Entrypoint\":[\"\"]}").process().entrypoint(),
        "--entrypoint \"\" takes the image's away");
  }

  @Test
  void portsAndEndpoints() {
    ContainerSpec spec =
        spec(
            """
            {"Image":"b","ExposedPorts":{"80/tcp":{}},
             "HostConfig":{"NetworkMode":"n1","PortBindings":{
               "80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"},{"HostIp":"","HostPort":""}],
               "81/tcp":null}},
             "NetworkingConfig":{"EndpointsConfig":{
               "n1":{"Aliases":["web"],"IPAMConfig":{"IPv4Address":"172.18.0.9"}},"n2":null}}}""");
    assertEquals(List.of("80/tcp"), spec.exposedPorts());
    assertEquals(
        List.of(
            new PublishedPort("80/tcp", "127.0.0.1", "8080"), new PublishedPort("80/tcp", "", "")),
        spec.networking().ports());
    assertEquals(
        new EndpointRequest("172.18.0.9", "", List.of("web"), List.of(), 0),
        spec.networking().endpoints().get("n1"));
    assertTrue(spec.networking().endpoints().containsKey("n2"));
  }

  @Test
  void mounts() {
    List<MountSpec> mounts =
        host("""
                "Binds":["/a:/b:ro","v:/c"],"Tmpfs":{"/t":"size=1m"},
                "Mounts":[{"Type":"bind","Source":"/x","Target":"/y","ReadOnly":true},
                {"Type":"tmpfs","Target":"/z","TmpfsOptions":{"SizeBytes":4096,"Mode":448}}]""")
            .mounts();
    assertEquals(
        new MountSpec(MountSpec.Kind.BIND, "/a", "/b", true, "ro", "", true), mounts.get(0));
    assertEquals(
        new MountSpec(MountSpec.Kind.VOLUME, "v", "/c", false, "", "", false), mounts.get(1));
    assertEquals(
        new MountSpec(MountSpec.Kind.BIND, "/x", "/y", true, "", "", false)
            .withTraits(MountTraits.standard().withOrigin(MountTraits.Origin.MOUNT_FLAG)),
        mounts.get(2));
    assertEquals("size=4096,mode=700", mounts.get(3).options());
    assertEquals("size=1m", mounts.get(4).options());
  }

  @Test
  void whatIsSeldomAskedOfAMount() {
    List<MountSpec> mounts =
        host("""
                "VolumeDriver":"local","Binds":["/a:/b:ro,rslave,z","v:/c:nocopy"],
                "Mounts":[{"Type":"bind","Source":"/x","Target":"/y","BindOptions":
                {"Propagation":"shared","NonRecursive":true,"ReadOnlyForceRecursive":true}},
                {"Type":"volume","Target":"/z","VolumeOptions":{"NoCopy":true,"Subpath":"a/b",
                "Labels":{"l":"1"},"DriverConfig":{"Name":"local","Options":{"o":"size=1m"}}}}]""")
            .mounts();
    assertEquals("rslave", mounts.get(0).traits().propagation());
    assertTrue(mounts.get(0).readOnly());
    assertEquals(
        new MountTraits.VolumeTraits(true, "", Map.of(), "local", Map.of()),
        mounts.get(1).traits().volume());
    assertEquals(
        new MountTraits(
            MountTraits.Origin.MOUNT_FLAG,
            "shared",
            false,
            MountTraits.ReadOnlyReach.ALL,
            MountTraits.VolumeTraits.standard()),
        mounts.get(2).traits());
    assertEquals(
        new MountTraits.VolumeTraits(
            true, "a/b", Map.of("l", "1"), "local", Map.of("o", "size=1m")),
        mounts.get(3).traits().volume());
  }

  @Test
  void namespaces() {
    ContainerSpec spec =
        host(
            """
            "PidMode":"container:a","IpcMode":"shareable","UTSMode":"host","CgroupnsMode":"private",
            "TimeOffsets":{"monotonic":"-1.5s","boottime":"86400"},"VolumesFrom":["a:ro"]""");
    assertEquals(new NamespaceMode.Container("a"), spec.namespaces().pid());
    assertEquals(new NamespaceMode.Shareable(), spec.namespaces().ipc());
    assertEquals(new NamespaceMode.Host(), spec.namespaces().uts());
    assertEquals(new NamespaceMode.Own(), spec.namespaces().cgroup());
    assertEquals(new TimeOffsets(-1_500_000_000L, 86_400_000_000_000L), spec.namespaces().time());
    assertEquals(List.of("a:ro"), spec.volumesFrom());
    assertEquals(new NamespaceMode.Unsaid(), host("\"CgroupnsMode\":\"\"").namespaces().cgroup());
  }

  @Test
  void portsOnTheHostsNetworkAreDiscardedWithAWarning() {
    List<String> warnings = new ArrayList<>();
    String body = "{\"Image\":\"bb\",\"HostConfig\":{\"NetworkMode\":\"%s\",\"PortBindings\":%s}}";
    String ports = "{\"80/tcp\":[{\"HostPort\":\"80\"}]}";
    for (String request : List.of(body.formatted("host", "{}"), body.formatted("bridge", ports))) {
      new CreateRequest(json.read(request, CreateDocument.class)).spec(warnings::add);
    }
    assertEquals(List.of(), warnings);
    new CreateRequest(json.read(body.formatted("host", ports), CreateDocument.class))
        .spec(warnings::add);
    assertEquals(List.of("Published ports are discarded when using host network mode"), warnings);
  }

  @Test
  void securityOptions() {
    ContainerSpec spec =
        host(
            "\"SecurityOpt\":[\"no-new-privileges\",\"seccomp=unconfined\"],\"CapDrop\":[\"ALL\"]");
    assertTrue(spec.security().noNewPrivileges());
    assertEquals("unconfined", spec.security().seccomp());
    assertEquals(List.of("ALL"), spec.security().capDrop());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"SecurityOpt\":[\"apparmor=x\"]",
        "\"Mounts\":[{\"Type\":\"image\",\"Target\":\"/a\"}]",
      })
  void whatCannotBeDoneIsRefusedByName(String hostConfig) {
    Unsupported refused = assertThrows(Unsupported.class, () -> host(hostConfig));
    assertTrue(refused.getMessage().endsWith("not supported by this version of jdocker"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Binds\":[\"/a:/b:bad\"]|invalid mode: bad",
        "\"Binds\":[\"/a:b\"]|invalid volume specification: '/a:b': invalid mount config for type"
            + " \"bind\": invalid mount path: 'b' mount path must be absolute",
        "\"Binds\":[\"/a:/b:nocopy\"]|invalid volume specification: '/a:/b:nocopy': invalid mount"
            + " config for type \"bind\": field VolumeOptions must not be specified",
        "\"Binds\":[\"vol:/b:shared\"]|invalid volume specification: 'vol:/b:shared': invalid mount"
            + " config for type \"volume\": field BindOptions must not be specified",
        "\"Binds\":[\"/a\"]|invalid volume specification: '/a'",
        "\"Binds\":[\"/a:\"]|invalid volume specification: '/a:'",
        "\"Binds\":[\"/a:ro\"]|invalid volume specification: '/a:ro'",
        "\"Binds\":[\":/a\"]|invalid volume specification: ':/a'",
        "\"Binds\":[\"/a:/b:ro:rw\"]|invalid volume specification: '/a:/b:ro:rw'",
        "\"Binds\":[\"/a:/b:ro,rw\"]|invalid mode: ro,rw",
        "\"Binds\":[\"/a:/b:z,Z\"]|invalid mode: z,Z",
        "\"Binds\":[\"/a:/b:shared,rslave\"]|invalid mode: shared,rslave",
        "\"Mounts\":[{\"Type\":\"x\"}]|invalid mount config for type \"x\": mount type unknown",
        "\"Mounts\":[{\"Type\":\"bind\",\"VolumeOptions\":{\"NoCopy\":true}}]|invalid mount config"
            + " for type \"bind\": field VolumeOptions must not be specified",
        "\"Mounts\":[{\"Type\":\"volume\",\"BindOptions\":{}}]|invalid mount config for type"
            + " \"volume\": field BindOptions must not be specified",
        "\"Mounts\":[{\"Type\":\"tmpfs\",\"TmpfsOptions\":{\"SizeBytes\":-1}}]|invalid mount config"
            + " for type \"tmpfs\": size must not be negative",
        "\"Mounts\":[{\"Type\":\"bind\",\"BindOptions\":{\"ReadOnlyNonRecursive\":true,"
            + "\"ReadOnlyForceRecursive\":true}}]|invalid mount config for type \"bind\": mount"
            + " options ReadOnlyNonRecursive and ReadOnlyForceRecursive conflict",
        "\"PidMode\":\"private\"|invalid PID mode: private",
        "\"PidMode\":\"container:\"|invalid PID mode: container:",
        "\"IpcMode\":\"mine\"|invalid IPC mode: mine",
        "\"UTSMode\":\"container:x\"|invalid UTS mode: container:x",
        "\"CgroupnsMode\":\"shared\"|invalid cgroup namespace mode: shared",
        "\"UsernsMode\":\"x\"|invalid USER mode: x",
        "\"UsernsMode\":\"private\"|invalid USER mode: private",
        "\"IDMappings\":{\"UidMap\":[\"0:x:1\"]}|invalid uidmap \"0:x:1\": expected"
            + " CONTAINER_ID:HOST_ID[:COUNT]",
        "\"IDMappings\":{\"GidMap\":[\"1:1:1\"]}|invalid user id mapping: it has no user 0",
        "\"TimeOffsets\":{\"monotonic\":\"1h\"}|invalid time offset: \"1h\" for monotonic is no"
            + " number of seconds",
        "\"TimeOffsets\":{\"realtime\":\"1\"}|invalid time offset: clock \"realtime\" is not"
            + " \"monotonic\" or \"boottime\", and no other clock has one (time_namespaces(7))",
        "\"SecurityOpt\":[\"foo\"]|invalid --security-opt 2: \"foo\"",
      })
  void whatIsWrongIsNamed(String hostConfig, String message) {
    EngineException wrong = assertThrows(InvalidArgument.class, () -> host(hostConfig));
    assertEquals(message, wrong.getMessage());
  }
}
