package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service needs before its container can be: images, networks, volumes, other services. */
class NeedsTest {
  @TempDir Path folder;
  private FakeProject project;

  @BeforeEach
  void begin() throws IOException {
    project = FakeProject.in(folder, "services: {a: {image: 'a:1'}}\n");
  }

  @AfterEach
  void end() throws IOException {
    project.close();
  }

  private Typed up(String file, String... words) throws IOException {
    project.file("name: shop\n" + file);
    return project.compose(words.length == 0 ? new String[] {"up", "-d"} : words);
  }

  private List<String> pulls() {
    return project.journal().stream().filter(line -> line.startsWith("pull")).toList();
  }

  /** The image's state, the file's policy, the flag, and whether it is pulled. */
  @ParameterizedTest
  @CsvSource({
    "absent, missing, '', pull a:1",
    "absent, always, '', pull a:1",
    "absent, daily, '', pull a:1",
    "there, missing, '', ''",
    "there, always, '', pull a:1",
    "there, never, '', ''",
    "there, never, always, pull a:1",
    "there, always, missing, ''",
    "there, always, never, ''",
    "absent, never, missing, pull a:1"
  })
  void whenAnImageIsPulled(String state, String policy, String flag, String expected)
      throws IOException {
    if (state.equals("there")) {
      project.images("a:1");
    }
    String file = "services: {a: {image: 'a:1', pull_policy: " + policy + "}}\n";
    Typed typed = flag.isEmpty() ? up(file) : up(file, "up", "-d", "--pull", flag);
    assertEquals(0, typed.code(), typed.err());
    assertEquals(expected, String.join(",", pulls()));
    assertEquals(!expected.isEmpty(), typed.err().contains(" a Pulling \n"), typed.err());
  }

  @ParameterizedTest
  @CsvSource({"never, ''", "missing, never"})
  void anImageThatMustNotBePulled(String policy, String flag) throws IOException {
    String file = "services: {a: {image: 'a:1', pull_policy: " + policy + "}}\n";
    Typed typed = flag.isEmpty() ? up(file) : up(file, "up", "-d", "--pull", flag);
    assertEquals("No such image: a:1", typed.err().strip());
    assertEquals(1, typed.code());
    assertEquals(List.of(), project.journal());
  }

  @Test
  void anImageOfTwoServicesIsPulledOnce() throws IOException {
    up("services: {a: {image: 'a:1'}, b: {image: 'a:1'}}\n");
    assertEquals(List.of("pull a:1"), pulls());
  }

  @Test
  void whatMayNotBeBuiltIsNamed() throws IOException {
    Typed typed = up("services: {a: {build: .}}\n", "up", "-d", "--no-build");
    assertEquals(
        "service \"a\" has no image \"shop-a\" and must not be built: leave out --no-build",
        typed.err().strip());
    assertEquals(1, typed.code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          networks: [n]     | networks: {n: {external: true}}             | network n declared as external, but could not be found
          networks: [n]     | networks: {n: {external: true, name: real}} | network real declared as external, but could not be found
          volumes: ["v:/v"] | volumes: {v: {external: true}}              | external volume "v" not found
          volumes: ["v:/v"] | volumes: {v: {external: true, name: real}}  | external volume "real" not found
          pid: "service:b"  | networks: {}                                | cannot share with container of service b: container missing
          """)
  void whatMustBeThere(String service, String rest, String message) throws IOException {
    project.images("a:1", "b:1");
    Typed typed =
        up(
            "services: {a: {image: 'a:1', "
                + service
                + "}, b: {image: 'b:1', scale: 0}}\n"
                + rest
                + "\n");
    assertTrue(typed.err().endsWith(message + "\n"), typed.err());
    assertEquals(1, typed.code());
    assertEquals(List.of(), project.states());
  }

  @Test
  void aNetworkOfNobodyIsNotTaken() throws IOException {
    project.images("a:1");
    project.network("shop_n", "");
    Typed typed = up("services: {a: {image: 'a:1', networks: [n]}}\nnetworks: {n: }\n");
    assertEquals(
        "network shop_n was found but has incorrect label com.docker.compose.network set to \"\""
            + " (expected: \"n\")",
        typed.err().strip());
    assertEquals(1, typed.code());
  }

  @Test
  void aNetworkOfAnotherProjectIsAWarning() throws IOException {
    project.images("a:1");
    project.network("shop_n", "other");
    Typed typed = up("services: {a: {image: 'a:1', networks: [n]}}\nnetworks: {n: }\n");
    assertEquals(0, typed.code());
    assertTrue(
        typed
            .err()
            .startsWith(
                "WARN[0000] a network with name shop_n exists but was not created for project"
                    + " \"shop\".\nSet `external: true` to use an existing network\n"),
        typed.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''    | volume "shop_v" already exists but was not created by Docker Compose. Use `external: true` to use an existing volume
          other | volume "shop_v" already exists but was created for project "other" (expected "shop"). Use `external: true` to use an existing volume
          """)
  void aVolumeOfSomebodyElseIsAWarning(String owner, String message) throws IOException {
    project.images("a:1");
    project.volume("shop_v", owner);
    Typed typed = up("services: {a: {image: 'a:1', volumes: ['v:/v']}}\nvolumes: {v: }\n");
    assertEquals(0, typed.code());
    assertTrue(typed.err().contains("WARN[0000] " + message + "\n"), typed.err());
  }

  @Test
  void onlyWhatIsUsedIsMade() throws IOException {
    project.images("a:1");
    up(
        """
        services: {a: {image: 'a:1', networks: [n], volumes: ['v:/v']}, b: {image: b, profiles: [p]}}
        networks: {n: , unused: }
        volumes: {v: , unused: }
        """);
    assertEquals(
        List.of(
            "create network shop_n", "create volume shop_v", "create shop-a-1", "start shop-a-1"),
        project.journal());
  }

  @Test
  void theDocumentsOfNetworksAndVolumes() throws IOException {
    project.images("a:1");
    up(
        """
        services: {a: {image: 'a:1', networks: [n], volumes: ['v:/v']}}
        networks: {n: {driver: bridge, internal: true, labels: {l: x}, ipam: {config: [{subnet: 10.9.0.0/24}]}}}
        volumes: {v: {driver: local, driver_opts: {type: tmpfs}, labels: {l: y}}}
        """);
    String network = project.engine().body("POST /networks/create");
    for (String part :
        List.of(
            "\"Name\":\"shop_n\"",
            "\"Driver\":\"bridge\"",
            "\"Internal\":true",
            "\"Config\":[{\"Subnet\":\"10.9.0.0/24\"}]",
            "\"l\":\"x\"",
            "\"com.docker.compose.project\":\"shop\"",
            "\"com.docker.compose.network\":\"n\"")) {
      assertTrue(network.contains(part), part + " in " + network);
    }
    String volume = project.engine().body("POST /volumes/create");
    for (String part :
        List.of(
            "\"Name\":\"shop_v\"",
            "\"Driver\":\"local\"",
            "\"DriverOpts\":{\"type\":\"tmpfs\"}",
            "\"l\":\"y\"",
            "\"com.docker.compose.volume\":\"v\"")) {
      assertTrue(volume.contains(part), part + " in " + volume);
    }
  }

  /** The state of what is waited for, and what becomes of who waits. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          service_healthy                | running | healthy   | 0 | 0 | ''
          service_healthy                | running | unhealthy | 0 | 1 | dependency failed to start: container shop-db-1 is unhealthy
          service_healthy                | running | none      | 0 | 1 | dependency failed to start: container shop-db-1 has no healthcheck configured
          service_healthy                | exited  | starting  | 3 | 1 | dependency failed to start: container shop-db-1 exited (3)
          service_completed_successfully | exited  | none      | 0 | 0 | ''
          service_completed_successfully | exited  | none      | 4 | 1 | service "db" didn't complete successfully: exit 4
          """)
  void whatWaitsForAnother(
      String condition, String state, String health, int exit, int code, String message)
      throws IOException {
    project.images("web:1", "db:1");
    project.file(
        "name: shop\nservices: {web: {image: 'web:1', depends_on: {db: {condition: "
            + condition
            + "}}}, db: {image: 'db:1'}}\n");
    project.compose("up", "--no-start");
    project.journal();
    String id = project.compose("ps", "-aq", "db").out().strip();
    String inspected =
        "{\"State\":{\"Status\":\""
            + state
            + "\",\"ExitCode\":"
            + exit
            + ",\"Health\":{\"Status\":\""
            + health
            + "\"}}}";
    project.engine().answer("GET /containers/" + id + "/json", inspected);
    Typed typed = project.compose("start");
    assertEquals(code, typed.code(), typed.err());
    assertTrue(typed.err().endsWith(message.isEmpty() ? "Started\n" : message + "\n"), typed.err());
    assertEquals(
        code == 0 ? List.of("start shop-db-1", "start shop-web-1") : List.of("start shop-db-1"),
        project.journal());
  }

  @Test
  void whatIsOptionalMayFail() throws IOException {
    project.images("web:1", "db:1");
    project.file(
        """
        name: shop
        services:
          web: {image: "web:1", depends_on: {db: {condition: service_healthy, required: false}}}
          db: {image: "db:1"}
        """);
    Typed typed = project.compose("up", "-d");
    assertEquals(0, typed.code(), typed.err());
    assertTrue(
        typed
            .err()
            .contains(
                "WARN[0000] optional dependency \"db\" failed: dependency failed to start:"
                    + " container shop-db-1 has no healthcheck configured"),
        typed.err());
    assertTrue(project.states().contains("shop-web-1 running"));
  }
}
