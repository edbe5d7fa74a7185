package io.jdocker.compose.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.compose.ProjectFolder;
import io.jdocker.compose.model.Confinement.Device;
import io.jdocker.compose.model.Connection.Port;
import io.jdocker.compose.model.Dependency;
import io.jdocker.compose.model.FileReference;
import io.jdocker.compose.model.HealthCheck;
import io.jdocker.compose.model.Resources;
import io.jdocker.compose.model.Resources.Ulimit;
import io.jdocker.compose.model.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceParserTest {
  @TempDir Path folder;

  private Service service(String lines) {
    return new ProjectFolder(folder).service("image: x\n" + lines);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          command: a b             | [a, b]
          command: "a  'b c'"      | [a, b c]
          command: 'a "b \\" c"'   | [a, b " c]
          command: a\\ b           | [a b]
          command: ''              | []
          command: [a, "b c"]      | [a, b c]
          command: []              | []
          command: sh -c 'x $$Y'   | [sh, -c, x $Y]
          """)
  void aCommandIsAListOfWords(String line, String words) {
    assertEquals(words, service(line).command().words().orElseThrow().toString());
  }

  @Test
  void whatIsNotSaidIsTheImages() {
    Service plain = service("command:");
    assertEquals(Optional.empty(), plain.command().words());
    assertEquals(Optional.empty(), plain.command().entrypoint());
    assertEquals(Optional.empty(), plain.healthCheck());
    assertEquals(1, plain.lifecycle().replicas());
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "64b, 64",
    "1k, 1024",
    "1kb, 1024",
    "1KiB, 1024",
    "2m, 2097152",
    "1.5g, 1610612736",
    "1G, 1073741824",
    "-1, -1"
  })
  void sizes(String text, long bytes) {
    assertEquals(bytes, service("memswap_limit: " + text).resources().memorySwap());
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10000",
    "10s, 10000",
    "1m30s, 90000",
    "1.5s, 1500",
    "250ms, 250",
    "2h, 7200000",
    "1d, 86400000"
  })
  void durations(String text, long millis) {
    assertEquals(
        Duration.ofMillis(millis),
        service("stop_grace_period: " + text).lifecycle().stopGracePeriod().orElseThrow());
  }

  @Test
  void aHealthCheck() {
    Service service =
        service(
            "healthcheck: {test: [CMD, a], interval: 5s, timeout: 1s, start_period: 1m,"
                + " start_interval: 2s, retries: 4}");
    assertEquals(
        new HealthCheck(
            List.of("CMD", "a"),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(2),
            4),
        service.healthCheck().orElseThrow());
    assertEquals(
        List.of("NONE"), service("healthcheck: {disable: true}").healthCheck().get().test());
  }

  @Test
  void resourcesOfTheServiceAndOfDeploy() {
    Resources own =
        service("cpus: 1.5\nmem_limit: 64m\nulimits: {nofile: 9, core: {soft: 1, hard: 2}}\n")
            .resources();
    assertEquals(1_500_000_000L, own.nanoCpus());
    assertEquals(64 << 20, own.memory());
    assertEquals(Map.of("nofile", new Ulimit(9, 9), "core", new Ulimit(1, 2)), own.ulimits());
    Resources deployed =
        service(
                "deploy: {resources: {limits: {cpus: '0.25', memory: 1g, pids: 7},"
                    + " reservations: {memory: 5m}}}")
            .resources();
    assertEquals(250_000_000L, deployed.nanoCpus());
    assertEquals(1 << 30, deployed.memory());
    assertEquals(5 << 20, deployed.memoryReservation());
    assertEquals(7, deployed.pids());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          restart: always                                        | always 0
          restart: "no"                                          | no 0
          restart: on-failure:3                                  | on-failure 3
          deploy: {restart_policy: {condition: on-failure, max_attempts: 2}} | on-failure 2
          deploy: {restart_policy: {condition: any}}             | always 0
          deploy: {restart_policy: {condition: none}}            | no 0
          restart: unless-stopped                                | unless-stopped 0
          """)
  void restartPolicies(String line, String expected) {
    Service.Lifecycle lifecycle = service(line).lifecycle();
    assertEquals(expected, lifecycle.restart() + " " + lifecycle.restartAttempts());
  }

  @Test
  void dependenciesAreAlsoThoseThatOtherKeysName() {
    Service service =
        new ProjectFolder(folder)
            .write(
                "compose.yaml",
                """
                services:
                  app:
                    image: x
                    depends_on: {db: {condition: service_healthy, restart: true, required: false}}
                    network_mode: service:net
                    ipc: service:ipc
                    volumes_from: [data:ro, container:outside]
                  db: {image: x}
                  net: {image: x}
                  ipc: {image: x}
                  data: {image: x}
                """)
            .load()
            .services()
            .get("app");
    Dependency started = new Dependency(Dependency.Condition.STARTED, true, true);
    assertEquals(
        Map.of(
            "db",
            new Dependency(Dependency.Condition.HEALTHY, true, false),
            "net",
            started,
            "ipc",
            started,
            "data",
            new Dependency(Dependency.Condition.STARTED, false, true)),
        service.dependsOn());
  }

  @Test
  void portsDevicesSecretsAndHosts() {
    new ProjectFolder(folder).write("s", "x");
    Service service =
        new ProjectFolder(folder)
            .write(
                "compose.yaml",
                """
                services:
                  app:
                    image: x
                    ports: ["127.0.0.1:8080:80"]
                    devices: [/dev/null:/dev/x:r, {source: /dev/zero}]
                    secrets: [{source: s, target: t, uid: "5", mode: 0440}]
                    extra_hosts: {h: "[::1]"}
                secrets: {s: {file: s}}
                """)
            .load()
            .services()
            .get("app");
    assertEquals(List.of(new Port("127.0.0.1", "8080", 80, "tcp")), service.connection().ports());
    assertEquals(
        List.of(
            new Device("/dev/null", "/dev/x", "r"), new Device("/dev/zero", "/dev/zero", "rwm")),
        service.confinement().devices());
    assertEquals(
        List.of(new FileReference("s", "t", "5", "", Optional.of(0440L))),
        service.storage().secrets());
    assertEquals(Map.of("h", List.of("::1")), service.connection().extraHosts());
  }

  @Test
  void extensionsAreLeftAlone() {
    assertTrue(service("x-own: {any: thing}").document().has("x-own"));
  }
}
