package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Verbs on containers that are there: a web that needs a db and a tool that stands alone and ran
 * already, beside another project's container and one whose service the file has no more.
 */
class LifecycleVerbsTest {
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
              db: {image: "db:1"}
              web: {image: "web:1", depends_on: {db: {condition: service_started, restart: true}}}
              tool: {image: "tool:1"}
              none: {image: "none:1", scale: 0}
            """);
    project.container("db", 1, "running");
    project.container("web", 1, "running", "db");
    project.container("tool", 1, "exited");
    project
        .container("other", 1, "running")
        .getAsJsonObject("Labels")
        .addProperty("com.docker.compose.project", "elsewhere");
  }

  @AfterEach
  void end() throws IOException {
    project.close();
  }

  /** Each is an order that holds: a chain, or one container. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop                 | stop shop-web-1;stop shop-db-1
          stop db              | stop shop-db-1
          stop -t 5 db         | stop shop-db-1 {t=5}
          stop -t 0 db         | stop shop-db-1 {t=0}
          stop tool            | ''
          start                | start shop-tool-1
          start web            | ''
          start tool           | start shop-tool-1
          restart db           | restart shop-db-1;restart shop-web-1
          restart --no-deps db | restart shop-db-1
          restart web          | restart shop-web-1
          restart -t 9 web     | restart shop-web-1 {t=9}
          restart tool         | restart shop-tool-1
          kill db              | kill shop-db-1 {signal=SIGKILL}
          kill -s HUP db       | kill shop-db-1 {signal=HUP}
          kill tool            | ''
          pause web            | pause shop-web-1
          pause tool           | ''
          unpause web          | ''
          rm -f                | remove shop-tool-1
          rm -f -v             | remove shop-tool-1 {v=1}
          rm -f web            | ''
          rm -f -s web         | stop shop-web-1;remove shop-web-1
          """)
  void whatIsAskedOfTheEngine(String words, String expected) {
    Typed typed = project.compose(words.split(" ", -1));
    assertEquals(0, typed.code(), typed.err());
    assertEquals(expected, String.join(";", project.journal()));
    assertEquals("", typed.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop db    | Stopping;Stopped | shop-db-1
          kill web   | Killing;Killed   | shop-web-1
          pause web  | Paused           | shop-web-1
          rm -f tool | Removing;Removed | shop-tool-1
          start tool | Starting;Started | shop-tool-1
          restart web| Restarting;Started | shop-web-1
          """)
  void whatIsSaid(String words, String stages, String name) {
    StringBuilder expected = new StringBuilder();
    for (String stage : stages.split(";", -1)) {
      expected.append(" Container ").append(name).append("  ").append(stage).append('\n');
    }
    assertEquals(expected.toString(), project.compose(words.split(" ", -1)).err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop nope           | no such service: nope
          start nope          | no such service: nope
          restart web nope    | no such service: nope
          kill nope           | no such service: nope
          pause nope          | no such service: nope
          rm -f nope          | no such service: nope
          top nope            | no such service: nope
          logs nope           | no such service: nope
          port none 80        | service "none" is not running
          port --index 4 web 80 | service "web" is not running container #4
          port web 80         | no port 80/tcp for container shop-web-1
          port --protocol udp web 5 | no port 5/udp for container shop-web-1
          exec tool true      | service "tool" is not running
          exec --index 2 web true | service "web" is not running container #2
          wait none           | no containers for project "shop"
          cp none:/a .        | no container found for service "none"
          cp web:/a db:/b     | copying between services is not supported
          ps --filter name=x  | unknown filter name=x
          """)
  void mistakes(String words, String message) {
    Typed typed = project.compose(words.split(" ", -1));
    assertEquals(message, typed.err().strip());
    assertEquals(1, typed.code());
    assertEquals(List.of(), project.journal());
  }

  @Test
  void aServiceWithoutAContainerCannotBeStarted() throws IOException {
    project.file("name: shop\nservices: {late: {image: x}, none: {image: x, scale: 0}}\n");
    Typed typed = project.compose("start");
    assertEquals("service \"late\" has no container to start", typed.err().strip());
    assertEquals(1, typed.code());
    assertEquals(0, project.compose("start", "none").code());
  }

  @Test
  void pauseAndBack() {
    project.compose("pause", "web");
    assertTrue(project.states().contains("shop-web-1 paused"));
    project.journal();
    project.compose("unpause");
    assertEquals(List.of("unpause shop-web-1"), project.journal());
  }

  @Test
  void aPausedContainerIsStoppedAndNotRemovedByRm() {
    project.compose("pause", "web");
    project.journal();
    project.compose("rm", "-f", "web");
    assertEquals(List.of(), project.journal());
    project.compose("stop", "web");
    assertEquals(List.of("stop shop-web-1"), project.journal());
  }

  @ParameterizedTest
  @CsvSource({"y, 1", "Y, 1", "yes, 1", "YES, 1", "n, 0", "'', 0", "yep, 0"})
  void rmAsksFirst(String answer, int removed) {
    Typed typed = project.typed(answer + "\n", Map.of(), "rm");
    assertEquals("? Going to remove shop-tool-1 (y/N) ", typed.out());
    assertEquals(0, typed.code());
    assertEquals(removed, project.journal().size());
  }

  @Test
  void rmWithNothingToRemoveSaysSo() {
    Typed typed = project.compose("rm", "web");
    assertEquals("No stopped containers\n", typed.err());
    assertEquals("", typed.out());
  }

  @Test
  void orphansAreKilledOnDemandOnly() {
    project.container("gone", 1, "running");
    project.compose("stop", "web", "db");
    project.journal();
    project.compose("kill");
    assertEquals(List.of(), project.journal());
    project.compose("kill", "--remove-orphans");
    assertEquals(List.of("kill shop-gone-1 {signal=SIGKILL}"), project.journal());
  }

  @Test
  void waitReportsTheFirstEnd() {
    Typed typed = project.compose("wait", "db");
    assertEquals("container \"shop-db-1\" exited with code 7\n", typed.out());
    assertEquals(7, typed.code());
    assertEquals(List.of("wait shop-db-1"), project.journal());
  }

  @Test
  void waitCanTakeTheProjectDown() {
    Typed typed = project.compose("wait", "--down-project", "db");
    assertEquals(7, typed.code(), typed.err());
    assertEquals(List.of("shop-other-1 running"), project.states());
  }

  @Test
  void anEngineThatRefusesIsQuoted() {
    project.engine().refuse("POST /containers/" + "000000000002", 500, "disk on fire");
    Typed typed = project.compose("pause", "web");
    assertEquals("Error response from daemon: disk on fire", typed.err().strip());
    assertEquals(1, typed.code());
  }

  @Test
  void whatIsGoneNeedsNoStop() {
    project.engine().refuse("POST /containers/" + "000000000002", 404, "No such container");
    Typed typed = project.compose("stop", "web");
    assertEquals(0, typed.code(), typed.err());
    assertTrue(typed.err().endsWith("Container shop-web-1  Stopped\n"), typed.err());
  }
}
