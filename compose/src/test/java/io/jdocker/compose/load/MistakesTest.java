package io.jdocker.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.compose.ProjectFolder;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file with each kind of mistake: where it is, on which key, what is wrong. */
class MistakesTest {
  @TempDir Path temporary;

  private String refused(String text) {
    ProjectFolder folder = new ProjectFolder(temporary).write("compose.yaml", text);
    return assertThrows(InvalidArgument.class, folder::load)
        .getMessage()
        .replace(temporary + "/", "");
  }

  /** A line of the only service, {@code services: app:}, below its image. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          imagee: x                 | 4:5  | services.app additional properties 'imagee' not allowed
          user: [a]                 | 4:11 | services.app.user must be a string
          container_name: 5         | 4:21 | services.app.container_name must be a string
          container_name: "-a"      | 4:21 | services.app.container_name does not match pattern '[a-zA-Z0-9][a-zA-Z0-9_.-]+'
          privileged: maybe         | 4:17 | services.app.privileged must be a boolean
          cap_add: NET_ADMIN        | 4:14 | services.app.cap_add must be an array
          cap_add: [{a: b}]         | 4:15 | services.app.cap_add.0 must be a string
          environment: 5            | 4:18 | services.app.environment must be a mapping
          environment: {A: [b]}     | 4:22 | services.app.environment.A must be a string, number, boolean or null
          ports: [a]                | 4:13 | services.app.ports.0 invalid containerPort: a
          ports: [{published: 5}]   | 4:13 | services.app.ports.0.target is required
          ports: [{target: 0}]      | 4:22 | services.app.ports.0.target must be a port, 1 to 65535
          ports: [{target: 1, x: 2}]| 4:25 | services.app.ports.0 additional properties 'x' not allowed
          volumes: [{target: /a}]   | 4:15 | services.app.volumes.0.type is required: one of bind, volume, tmpfs, image
          volumes: ["a:/x:bad"]     | 4:15 | services.app.volumes.0 invalid mode "bad" in a:/x:bad
          volumes: [{type: bind, target: /a}] | 4:15 | services.app.volumes.0.source is required for a mount of type bind
          restart: sometimes        | 4:14 | services.app.restart must be one of "no", "always", "on-failure", "unless-stopped"
          restart: on-failure:x     | 4:14 | services.app.restart invalid restart policy: maximum retry count must be an integer
          mem_limit: lots           | 4:16 | services.app.mem_limit invalid size: 'lots'
          stop_grace_period: 1y     | 4:24 | services.app.stop_grace_period invalid duration: '1y'
          cpus: many                | 4:11 | services.app.cpus must be a number
          pids_limit: 1.5           | 4:17 | services.app.pids_limit must be an integer
          scale: -1                 | 4:12 | services.app.scale must be at least 0
          healthcheck: {test: [x]}  | 4:25 | services.app.healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"
          healthcheck: {tests: x}   | 4:19 | services.app.healthcheck additional properties 'tests' not allowed
          command: 'a "b'           | 4:14 | services.app.command invalid command: a quote is not closed: a "b
          depends_on: {app: {condition: ready}} | 4:35 | services.app.depends_on.app.condition must be one of service_started, service_healthy, service_completed_successfully
          deploy: {resources: {limits: {cpu: 1}}} | 4:35 | services.app.deploy.resources.limits additional properties 'cpu' not allowed
          network_mode: host\\    networks: [default] | 4:5 | services.app.network_mode declares mutually exclusive `network_mode` and `networks`
          network_mode: host\\    ports: ["80"] | 5:5 | services.app.ports cannot be published with network_mode: host
          container_name: one\\    scale: 2 | 4:5 | services.app.container_name can't set container_name and replicas > 1: a name is one container's
          mem_limit: 1m\\    deploy: {resources: {limits: {memory: 2m}}} | 4:16 | services.app.mem_limit can't set distinct values on 'mem_limit' and 'deploy.resources.memory'
          credential_spec: {}       | 4:5  | services.app.credential_spec is not supported by jdocker
          secrets: [nope]           | 4:5  | service "app" refers to undefined secret nope: invalid compose project
          networks: [nope]          | 4:16 | service "app" refers to undefined network nope: invalid compose project
          volumes: ["nope:/x"]      | 4:5  | service "app" refers to undefined volume nope: invalid compose project
          depends_on: [nope]        | 4:18 | service "app" depends on undefined service "nope": invalid compose project
          build: {context: ., secrets: [a]} | 4:25 | services.app.build.secrets is not supported by jdocker's builder
          """)
  void ofAService(String line, String place, String message) {
    String text = "services:\n  app:\n    image: x\n    " + line.replace("\\", "\n") + "\n";
    assertEquals("validating compose.yaml:" + place + ": " + message, refused(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          servces: {}                                 | 2:1  | additional properties 'servces' not allowed
          networks: {n: {driverr: x}}                 | 2:16 | networks.n additional properties 'driverr' not allowed
          networks: {n: 5}                            | 2:15 | networks.n must be a mapping
          networks: {n: {ipam: {config: {}}}}         | 2:31 | networks.n.ipam.config must be an array
          volumes: {v: {driver_opts: 5}}              | 2:28 | volumes.v.driver_opts must be a mapping
          secrets: {s: {}}                            | 2:14 | secrets.s.file must have exactly one of file, environment and content (none given)
          secrets: {s: {file: a, environment: B}}     | 2:15 | secrets.s.file must have exactly one of file, environment and content (file, environment)
          secrets: {s: {environment: NOT_SET}}        | 2:28 | secrets.s.environment environment variable "NOT_SET" required by secret is not set
          """)
  void ofWhatIsBesideServices(String line, String place, String message) {
    assertEquals(
        "validating compose.yaml:" + place + ": " + message,
        refused("services: {app: {image: x}}\n" + line + "\n"));
  }

  @Test
  void aServiceNeedsAnImage() {
    assertEquals(
        "service \"app\" has neither an image nor a build context specified: invalid compose"
            + " project",
        refused("services:\n  app:\n    user: me\n"));
  }

  @Test
  void aNameOfAServiceIsOne() {
    assertEquals(
        "validating compose.yaml:1:12: services additional properties 'a b' not allowed",
        refused("services: {'a b': {image: x}}"));
  }

  @Test
  void aCycleIsNamed() {
    assertEquals(
        "dependency cycle detected: a -> b -> a",
        refused("services: {a: {image: x, depends_on: [b]}, b: {image: x, links: ['a:other']}}"));
  }

  @Test
  void aDisabledServiceCannotBeNeeded() {
    assertEquals(
        "validating compose.yaml:1:39: service \"a\" depends on disabled service \"b\": invalid"
            + " compose project",
        refused("services: {a: {image: x, depends_on: [b]}, b: {image: x, profiles: [p]}}"));
  }

  @Test
  void aFileWithoutServicesIsNoProject() {
    assertEquals("empty compose file: compose.yaml has no services", refused("services: {}"));
  }
}
