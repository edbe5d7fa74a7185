package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compose up -d} against an engine that keeps what it is told. */
class UpVerbTest {
  /** A chain, so that there is one right order. */
  private static final String CHAIN =
      """
      name: shop
      services:
        web: {image: "web:1", depends_on: [api], ports: ["8080:80"]}
        api: {image: "api:1", depends_on: [db]}
        db: {image: "db:1", volumes: ["data:/data"]}
      volumes: {data: }
      """;

  @TempDir Path folder;
  private FakeProject project;

  @BeforeEach
  void begin() throws IOException {
    project = FakeProject.in(folder, CHAIN);
    project.images("web:1", "api:1", "db:1");
  }

  @AfterEach
  void end() throws IOException {
    project.close();
  }

  private List<String> up(String... words) {
    Typed typed = project.compose(words);
    assertEquals(0, typed.code(), typed.err());
    return project.journal();
  }

  private Typed refused(String... words) {
    Typed typed = project.compose(words);
    assertEquals(1, typed.code(), typed.err());
    return typed;
  }

  @Test
  void firstAllIsMadeThenAllIsStartedInOrder() {
    assertEquals(
        List.of(
            "create network shop_default",
            "create volume shop_data",
            "create shop-db-1",
            "create shop-api-1",
            "create shop-web-1",
            "start shop-db-1",
            "start shop-api-1",
            "start shop-web-1"),
        up("up", "-d"));
  }

  @Test
  void whatIsDoneIsSaidOnStandardError() {
    Typed typed = project.compose("up", "-d", "db");
    assertEquals("", typed.out());
    assertEquals(
        """
         Network shop_default  Creating
         Network shop_default  Created
         Volume "shop_data"  Creating
         Volume "shop_data"  Created
         Container shop-db-1  Creating
         Container shop-db-1  Created
         Container shop-db-1  Starting
         Container shop-db-1  Started
        """,
        typed.err());
  }

  @Test
  void quietProgressSaysNothing() {
    Typed typed = project.compose("--progress", "quiet", "up", "-d");
    assertEquals("", typed.err());
    assertEquals(0, typed.code());
  }

  @Test
  void aSecondTimeNothingIsDone() {
    up("up", "-d");
    assertEquals(List.of(), up("up", "-d"));
  }

  @Test
  void whatWasStoppedIsStartedAgain() {
    up("up", "-d");
    up("stop", "web");
    assertEquals(List.of("start shop-web-1"), up("up", "-d"));
  }

  @Test
  void theLabelsByWhichItIsFoundAgain() {
    up("up", "-d");
    JsonObject labels = project.created("shop-web-1").getAsJsonObject("Labels");
    Map<String, String> expected =
        Map.of(
            "project", "shop",
            "service", "web",
            "container-number", "1",
            "oneoff", "False",
            "depends_on", "api:service_started:false",
            "image", "sha256:web:1",
            "project.working_dir", folder.toString(),
            "project.config_files", folder + "/compose.yaml");
    expected.forEach(
        (name, value) ->
            assertEquals(value, labels.get("com.docker.compose." + name).getAsString(), name));
    assertEquals(64, labels.get("com.docker.compose.config-hash").getAsString().length());
    assertFalse(labels.has("com.docker.compose.project.environment_file"));
  }

  @Test
  void servicesAreFoundByTheirNames() {
    up("up", "-d");
    JsonObject endpoint =
        project
            .created("shop-db-1")
            .getAsJsonObject("NetworkingConfig")
            .getAsJsonObject("EndpointsConfig")
            .getAsJsonObject("shop_default");
    assertEquals("[\"shop-db-1\",\"db\"]", endpoint.getAsJsonArray("Aliases").toString());
  }

  @Test
  void aServiceBringsWhatItNeeds() {
    assertEquals(
        List.of("create shop-db-1", "create shop-api-1", "start shop-db-1", "start shop-api-1"),
        containersOnly(up("up", "-d", "api")));
  }

  @Test
  void butNotWhenToldSo() {
    assertEquals(
        List.of("create shop-api-1", "start shop-api-1"),
        containersOnly(up("up", "-d", "--no-deps", "api")));
  }

  private static List<String> containersOnly(List<String> journal) {
    return journal.stream().filter(line -> !line.matches("create (network|volume) .*")).toList();
  }

  @Test
  void noStartLeavesThemCreated() {
    up("up", "--no-start");
    assertEquals(
        List.of("shop-db-1 created", "shop-api-1 created", "shop-web-1 created"), project.states());
    assertEquals(List.of(), up("create"));
  }

  @Test
  void aChangedServiceIsReplacedUnderATemporaryName() throws IOException {
    up("up", "-d");
    project.file(CHAIN.replace("8080:80", "9090:80"));
    assertEquals(
        List.of(
            "create 000000000003_shop-web-1",
            "stop shop-web-1",
            "remove shop-web-1",
            "rename 000000000003_shop-web-1 {name=shop-web-1}",
            "start shop-web-1"),
        up("up", "-d"));
    assertTrue(project.states().contains("shop-web-1 running"), project.states().toString());
  }

  @Test
  void itsAliasIsTheNameItWillHave() throws IOException {
    up("up", "-d");
    project.file(CHAIN.replace("8080:80", "9090:80"));
    up("up", "-d");
    String made = project.created("000000000003_shop-web-1").toString();
    assertTrue(made.contains("\"Aliases\":[\"shop-web-1\",\"web\"]"), made);
  }

  @Test
  void noRecreateLeavesItAsItIs() throws IOException {
    up("up", "-d");
    project.file(CHAIN.replace("8080:80", "9090:80"));
    assertEquals(List.of(), up("up", "-d", "--no-recreate"));
  }

  @Test
  void forceRecreateIsOfTheServicesNamed() {
    up("up", "-d");
    assertEquals(
        List.of(
            "create 000000000003_shop-web-1",
            "stop shop-web-1 {t=4}",
            "remove shop-web-1",
            "rename 000000000003_shop-web-1 {name=shop-web-1}",
            "start shop-web-1"),
        up("up", "-d", "--force-recreate", "-t", "4", "web"));
  }

  @Test
  void anonymousVolumesAreHandedOn() {
    up("up", "-d", "db");
    String name = "ab".repeat(32);
    project
        .engine()
        .answer(
            "GET /containers/" + idOf(1) + "/json",
            "{\"Mounts\":[{\"Type\":\"volume\",\"Name\":\""
                + name
                + "\",\"Destination\":\"/own\"}]}");
    up("up", "-d", "--force-recreate", "db");
    assertEquals("[\"shop_data:/data:rw\",\"" + name + ":/own\"]", binds("000000000001_shop-db-1"));
    up("up", "-d", "--force-recreate", "-V", "db");
    assertEquals("[\"shop_data:/data:rw\"]", binds("000000000002_shop-db-1"));
  }

  private static String idOf(int number) {
    return String.format(java.util.Locale.ROOT, "%012x%052d", number, 0);
  }

  private String binds(String container) {
    return project
        .created(container)
        .getAsJsonObject("HostConfig")
        .getAsJsonArray("Binds")
        .toString();
  }

  @Test
  void scaleMakesMoreAndTakesAway() {
    up("up", "-d", "db");
    assertEquals(
        List.of("create shop-db-2", "create shop-db-3", "start shop-db-2", "start shop-db-3"),
        up("up", "-d", "--scale", "db=3", "db"));
    assertEquals(
        List.of("stop shop-db-2", "remove shop-db-2", "stop shop-db-3", "remove shop-db-3"),
        up("scale", "db=1"));
    assertEquals(List.of("stop shop-db-1", "remove shop-db-1"), up("scale", "db=0"));
    assertEquals(List.of(), project.states());
  }

  @Test
  void aContainerNameIsOneContainers() throws IOException {
    project.file("name: shop\nservices: {db: {image: 'db:1', container_name: mine}}\n");
    Typed typed = refused("up", "-d", "--scale", "db=2");
    assertTrue(
        typed
            .err()
            .endsWith(
                "services.db: can't set container_name and scale to 2: a name is one"
                    + " container's\n"),
        typed.err());
    up("up", "-d");
    assertEquals(List.of("mine running"), project.states());
  }

  @Test
  void orphansAreNamedAndRemovedOnDemand() {
    project.container("gone", 1, "running");
    Typed typed = project.compose("up", "-d", "db");
    assertTrue(
        typed
            .err()
            .contains(
                "WARN[0000] Found orphan containers ([shop-gone-1]) for this project. If you"
                    + " removed or renamed this service in your compose file, you can run this"
                    + " command with the --remove-orphans flag to clean it up."),
        typed.err());
    project.journal();
    Typed silent = project.typed("", Map.of("COMPOSE_IGNORE_ORPHANS", "true"), "up", "-d", "db");
    assertFalse(silent.err().contains("orphan"), silent.err());
    assertEquals(
        List.of("stop shop-gone-1", "remove shop-gone-1"),
        up("up", "-d", "--remove-orphans", "db"));
  }
}
