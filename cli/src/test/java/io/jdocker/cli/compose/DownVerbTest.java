package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compose down}: what ends, in which order, and what is left. */
class DownVerbTest {
  @TempDir Path folder;
  private FakeProject project;

  @BeforeEach
  void begin() throws IOException {
    project =
        FakeProject.in(
            folder,
            """
            name: shop
            services:
              web: {image: "web:1", depends_on: [db], networks: [default, outer]}
              db: {build: ., volumes: ["data:/data", "kept:/kept"]}
            volumes: {data: , kept: {external: true}}
            networks: {outer: {external: true}}
            """);
    project.container("db", 1, "running").addProperty("Image", "shop-db");
    project.container("web", 1, "running", "db");
    project.network("shop_default", "shop");
    project.network("outer", "shop");
    project.network("bridge", "");
    project.volume("shop_data", "shop");
    project.volume("shop_undeclared", "shop");
    project.volume("kept", "shop");
    project.volume("elsewhere_data", "elsewhere");
    project.images("web:1", "shop-db", "unused:1");
  }

  @AfterEach
  void end() throws IOException {
    project.close();
  }

  private List<String> down(String... words) {
    List<String> line = new ArrayList<>(List.of("down"));
    line.addAll(List.of(words));
    Typed typed = project.compose(line.toArray(String[]::new));
    assertEquals(0, typed.code(), typed.err());
    return project.journal();
  }

  @Test
  void dependentsEndFirstAndTheNetworkLast() {
    assertEquals(
        List.of(
            "stop shop-web-1",
            "remove shop-web-1",
            "stop shop-db-1",
            "remove shop-db-1",
            "remove network shop_default"),
        down());
  }

  @Test
  void theSecondTimeNothingIsLeftToDo() {
    down();
    assertEquals(List.of(), down());
  }

  @Test
  void volumesGoWhenAskedForButNotExternalOnes() {
    assertEquals(
        List.of(
            "stop shop-web-1",
            "remove shop-web-1 {v=1}",
            "stop shop-db-1",
            "remove shop-db-1 {v=1}",
            "remove network shop_default",
            "remove volume shop_data",
            "remove volume shop_undeclared"),
        down("-v"));
  }

  @Test
  void imagesBuiltHereAreLocal() {
    assertTrue(down("--rmi", "local").contains("remove image shop-db"));
    assertEquals(List.of("remove image web:1"), down("--rmi", "all"));
  }

  @Test
  void servicesNamedLeaveTheNetworkAlone() {
    assertEquals(List.of("stop shop-web-1 {t=2}", "remove shop-web-1"), down("-t", "2", "web"));
  }

  @Test
  void orphansStayUnlessAskedFor() {
    project.container("gone", 1, "running", "web");
    assertEquals(
        List.of(
            "stop shop-gone-1",
            "remove shop-gone-1",
            "stop shop-web-1",
            "remove shop-web-1",
            "stop shop-db-1",
            "remove shop-db-1",
            "remove network shop_default"),
        down("--remove-orphans"));
  }

  @Test
  void anOrphanIsLeftRunning() {
    project.container("gone", 1, "running");
    down();
    assertEquals(List.of("shop-gone-1 running"), project.states());
  }

  @Test
  void oneOffContainersGoToo() {
    project
        .container("web", 7, "exited")
        .getAsJsonObject("Labels")
        .addProperty("com.docker.compose.oneoff", "True");
    down();
    assertEquals(List.of(), project.states());
  }

  @Test
  void aNetworkInUseIsReportedAndNoFailure() {
    project
        .engine()
        .refuse("DELETE /networks/id-of-shop_default", 403, "network has active endpoints");
    Typed typed = project.compose("down");
    assertEquals(0, typed.code(), typed.err());
    assertTrue(
        typed
            .err()
            .endsWith(
                """
                 Network shop_default  Removing
                 Network shop_default  Resource is still in use
                """),
        typed.err());
  }

  @Test
  void aVolumeInUseToo() {
    project.engine().refuse("DELETE /volumes/shop_data", 409, "volume is in use");
    Typed typed = project.compose("down", "-v");
    assertEquals(0, typed.code(), typed.err());
    assertTrue(typed.err().contains(" Volume shop_data  Resource is still in use\n"), typed.err());
  }

  @Test
  void anotherRefusalIsAFailure() {
    project.engine().refuse("DELETE /networks/id-of-shop_default", 500, "no");
    Typed typed = project.compose("down");
    assertEquals(1, typed.code());
    assertTrue(typed.err().endsWith("Error response from daemon: no\n"), typed.err());
  }

  /** By the labels of its containers alone, which say the order too. */
  @Test
  void aProjectWhoseFilesAreGone() throws IOException {
    Files.delete(folder.resolve("compose.yaml"));
    Typed typed =
        Typed.run(
            "",
            Map.of(),
            List.of(
                "-H",
                project.engine().url(),
                "compose",
                "--project-directory",
                folder.toString(),
                "-p",
                "shop",
                "down"));
    assertEquals(0, typed.code(), typed.err());
    assertEquals(
        List.of(
            "stop shop-web-1",
            "remove shop-web-1",
            "stop shop-db-1",
            "remove shop-db-1",
            "remove network shop_default",
            "remove network outer"),
        project.journal());
  }

  @Test
  void aFileThatWasNamedMustBeThere() throws IOException {
    Files.delete(folder.resolve("compose.yaml"));
    Typed typed = project.compose("-p", "shop", "down");
    assertEquals(14, typed.code());
    assertEquals(List.of(), project.journal());
  }
}
