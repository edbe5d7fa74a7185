package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.cli.compose.request.ConfigHash;
import io.jdocker.cli.compose.request.CreateDocument;
import io.jdocker.compose.load.ProjectLoader;
import io.jdocker.compose.load.ProjectSource;
import io.jdocker.compose.model.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of a service and where they are in the request that makes its container. */
class CreateDocumentTest {
  @TempDir Path folder;

  private Project project(String service, String rest) throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"), "services: {app: {image: x, " + service + "}}\n" + rest);
    return ProjectLoader.load(
        new ProjectSource(
            List.of(), "", "p", List.of(), List.of(), List.of(), Map.of(), folder, () -> ""));
  }

  private JsonObject document(String service, String rest) throws IOException {
    Project project = project(service, rest);
    CreateDocument.Particulars particulars =
        new CreateDocument.Particulars(
            "p-app-1", "p-app-1", Map.of(), Map.of(), Map.of("db", "d1"), true, true);
    return new CreateDocument(project, project.services().get("app"), particulars).build();
  }

  /** {@code HostConfig.Memory} of a document. */
  private static String at(JsonObject document, String path) {
    JsonElement element = document;
    for (String name : path.split("/", -1)) {
      element = element.getAsJsonObject().get(name);
    }
    return element.toString().replace("\"", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          command: a b                    | Cmd                       | [a,b]
          command: []                     | Cmd                       | []
          entrypoint: [e]                 | Entrypoint                | [e]
          environment: {A: 1, B: }        | Env                       | [A=1,B]
          user: me                        | User                      | me
          stop_grace_period: 1500ms       | StopTimeout               | 2
          stop_signal: HUP                | StopSignal                | HUP
          expose: [5, 6/udp]              | ExposedPorts              | {5/tcp:{},6/udp:{}}
          healthcheck: {test: x, interval: 2s} | Healthcheck          | {Test:[CMD-SHELL,x],Interval:2000000000}
          mem_limit: 1m                   | HostConfig/Memory         | 1048576
          cpus: 0.5                       | HostConfig/NanoCpus       | 500000000
          init: false                     | HostConfig/Init           | false
          restart: on-failure:2           | HostConfig/RestartPolicy  | {Name:on-failure,MaximumRetryCount:2}
          read_only: true                 | HostConfig/ReadonlyRootfs | true
          tmpfs: ["/a:size=1m", /b]       | HostConfig/Tmpfs          | {/a:size=1m,/b:}
          extra_hosts: ["a:1.2.3.4"]      | HostConfig/ExtraHosts     | [a:1.2.3.4]
          ports: ["1.2.3.4:8:80/udp", 80] | HostConfig/PortBindings   | {80/udp:[{HostIp:1.2.3.4,HostPort:8}],80/tcp:[{HostIp:,HostPort:}]}
          ulimits: {nofile: {soft: 1, hard: 2}} | HostConfig/Ulimits  | [{Name:nofile,Soft:1,Hard:2}]
          logging: {driver: none}         | HostConfig/LogConfig      | {Type:none}
          devices: ["/dev/a:/dev/b:r"]    | HostConfig/Devices        | [{PathOnHost:/dev/a,PathInContainer:/dev/b,CgroupPermissions:r}]
          network_mode: host              | HostConfig/NetworkMode    | host
          network_mode: container:other   | HostConfig/NetworkMode    | container:other
          volumes: ["/h:/c:ro"]           | HostConfig/Binds          | [/h:/c:ro]
          volumes: [/anonymous]           | HostConfig/Mounts         | [{Type:volume,Target:/anonymous}]
          volumes: [{type: tmpfs, target: /t, tmpfs: {size: 1m}}] | HostConfig/Mounts | [{Type:tmpfs,Target:/t,TmpfsOptions:{SizeBytes:1048576}}]
          volumes: [{type: bind, source: /h, target: /c, bind: {create_host_path: false}}] | HostConfig/Mounts | [{Type:bind,Source:/h,Target:/c}]
          blkio_config: {weight: 5, device_read_bps: [{path: /dev/a, rate: 1k}]} | HostConfig/BlkioDeviceReadBps | [{Path:/dev/a,Rate:1024}]
          """)
  void aKeyOfTheFile(String line, String path, String expected) throws IOException {
    assertEquals(expected, at(document(line, ""), path));
  }

  @Test
  void networksComeByTheirPriorityWithNames() throws IOException {
    JsonObject document =
        document(
            "networks: {a: , b: {priority: 5, aliases: [x], ipv4_address: 10.0.0.5}}",
            "networks: {a: , b: {name: own}}");
    assertEquals("own", at(document, "HostConfig/NetworkMode"));
    assertEquals(
        "{own:{Aliases:[p-app-1,app,x],IPAMConfig:{IPv4Address:10.0.0.5}},"
            + "p_a:{Aliases:[p-app-1,app]}}",
        at(document, "NetworkingConfig/EndpointsConfig"));
  }

  @Test
  void namespacesOfServicesAreThoseOfTheirContainers() throws IOException {
    JsonObject document = document("pid: service:db, volumes_from: ['db:ro']}, db: {image: y", "");
    assertEquals("container:d1", at(document, "HostConfig/PidMode"));
    assertEquals("[d1:ro]", at(document, "HostConfig/VolumesFrom"));
  }

  @Test
  void volumesAndSecretsHaveTheNamesOfTheProject() throws IOException {
    JsonObject document =
        document(
            "volumes: ['v:/v:ro', 'e:/e'], secrets: [s]",
            "volumes: {v: , e: {external: true}}\nsecrets: {s: {file: s.txt}}");
    assertEquals("[p_v:/v:ro,e:/e:rw]", at(document, "HostConfig/Binds"));
    assertEquals(
        "[{Type:bind,Source:" + folder + "/s.txt,Target:/run/secrets/s,ReadOnly:true}]",
        at(document, "HostConfig/Mounts"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          user: a       | user: b                    | false
          user: a       | user: a, scale: 3          | true
          user: a       | user: a, pull_policy: never | true
          user: a       | user: a, build: .          | true
          user: a       | deploy: {replicas: 4}, user: a | true
          user: a       | user: a, depends_on: {db: {condition: service_started}} | true
          environment: [A=1] | environment: {A: 1}   | true
          command: a b  | command: b a               | false
          secrets: [s]  | secrets: [t]               | false
          """)
  void theHashChangesWithWhatAContainerIsMadeOf(String one, String other, boolean same)
      throws IOException {
    String rest = "secrets: {s: {content: x}, t: {content: x}}";
    String database = "}, db: {image: y";
    Project before = project(one + database, rest);
    Project after = project(other + database, rest);
    String left = ConfigHash.of(before, before.services().get("app"));
    String right = ConfigHash.of(after, after.services().get("app"));
    assertEquals(same, left.equals(right));
    assertEquals(64, left.length());
  }

  @Test
  void aNewContentOfASecretNeedsANewContainer() throws IOException {
    Project before = project("secrets: [s]", "secrets: {s: {content: one}}");
    Project after = project("secrets: [s]", "secrets: {s: {content: two}}");
    assertNotEquals(
        ConfigHash.of(before, before.services().get("app")),
        ConfigHash.of(after, after.services().get("app")));
  }

  @Test
  void portsAreLeftAloneByAOneOffContainer() throws IOException {
    Project project = project("ports: ['80']", "");
    CreateDocument.Particulars particulars =
        new CreateDocument.Particulars("r", "r", Map.of(), Map.of(), Map.of(), false, false);
    JsonObject document =
        new CreateDocument(project, project.services().get("app"), particulars).build();
    assertFalse(document.getAsJsonObject("HostConfig").has("PortBindings"));
    assertEquals("{p_default:{Aliases:[r]}}", at(document, "NetworkingConfig/EndpointsConfig"));
  }
}
