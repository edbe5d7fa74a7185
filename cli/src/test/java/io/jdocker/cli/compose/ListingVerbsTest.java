package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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

/** Verbs that show a project: lists, tables, formats. */
class ListingVerbsTest {
  @TempDir Path folder;
  private FakeProject project;

  @BeforeEach
  void begin() throws IOException {
    project =
        FakeProject.in(
            folder, "name: shop\nservices: {db: {image: 'db:1'}, web: {image: 'web:1'}}\n");
    project.container("web", 2, "running");
    project.container("web", 1, "running");
    project.container("db", 1, "exited").addProperty("Status", "Exited (3) 2 minutes ago");
    project.container("gone", 1, "paused");
    JsonObject oneOff = project.container("db", 9, "running");
    oneOff.getAsJsonObject("Labels").addProperty("com.docker.compose.oneoff", "True");
  }

  @AfterEach
  void end() throws IOException {
    project.close();
  }

  private String lines(String words) {
    Typed typed = project.compose(words.split(" ", -1));
    assertEquals(0, typed.code(), typed.err());
    assertEquals("", typed.err());
    return String.join(",", typed.out().lines().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ps --format {{.Name}}                       | shop-gone-1,shop-web-1,shop-web-2
          ps --orphans=false --format {{.Name}}       | shop-web-1,shop-web-2
          ps -a --format {{.Name}}                    | shop-db-1,shop-db-9,shop-gone-1,shop-web-1,shop-web-2
          ps web --format {{.Name}}                   | shop-web-1,shop-web-2
          ps db --format {{.Name}}                    | ''
          ps --status exited --format {{.Name}}       | shop-db-1
          ps --filter status=paused --format {{.Name}}| shop-gone-1
          ps --status exited --status paused --format {{.Name}} | shop-db-1,shop-gone-1
          ps --status dead --format {{.Name}}         | ''
          ps --services                               | gone,web
          ps --services -a                            | db,gone,web
          ps -q web                                   | 0000000000020000000000000000000000000000000000000000000000000000,0000000000010000000000000000000000000000000000000000000000000000
          ps --format {{.ID}} web                     | 000000000002,000000000001
          ps --format {{.Project}}/{{.Service}} web   | shop/web,shop/web
          ps --format {{.State}}:{{.Health}} web      | running:healthy,running:healthy
          ps --status exited --format {{.ExitCode}}   | 3
          ps --format {{.ExitCode}} web               | 0,0
          ps --format {{.Command}} web                | "serve --quietly and…","serve --quietly and…"
          ps --no-trunc --format {{.Command}} web     | "serve --quietly and for long","serve --quietly and for long"
          """)
  void containers(String words, String expected) {
    assertEquals(expected, lines(words));
  }

  @Test
  void theTableHasThisHead() {
    Typed typed = project.compose("ps", "db");
    assertEquals(
        "NAME      IMAGE     COMMAND   SERVICE   CREATED   STATUS    PORTS\n", typed.out());
  }

  @Test
  void jsonIsOneObjectALine() {
    List<String> lines = project.compose("ps", "--format", "json", "web").out().lines().toList();
    assertEquals(2, lines.size());
    JsonObject first = JsonParser.parseString(lines.get(0)).getAsJsonObject();
    assertEquals("shop-web-1", first.get("Name").getAsString());
    assertEquals("web", first.get("Service").getAsString());
    assertEquals("running", first.get("State").getAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ls -q                              | elsewhere,shop
          ls --format {{.Name}}={{.Status}}  | elsewhere=running(1),shop=running(2)
          ls -a --format {{.Name}}={{.Status}} | elsewhere=running(1),shop=exited(1), paused(1), running(2)
          ls --filter name=sho -q            | shop
          ls --filter name=x -q              | ''
          ls --format {{.ConfigFiles}}       | N/A,N/A
          """)
  void projects(String words, String expected) {
    project
        .container("alien", 1, "running")
        .getAsJsonObject("Labels")
        .addProperty("com.docker.compose.project", "elsewhere");
    assertEquals(expected, lines(words));
  }

  @Test
  void projectsHaveOneFilter() {
    Typed typed = project.compose("ls", "--filter", "status=up");
    assertEquals("invalid filter 'status=up': only name is supported", typed.err().strip());
    assertEquals(1, typed.code());
  }

  @Test
  void volumesAreThoseOfTheProject() {
    project.volume("shop_a", "shop");
    project.volume("shop_b", "shop");
    project.volume("other_c", "other");
    assertEquals("shop_a,shop_b", lines("volumes -q"));
    assertEquals("local/shop_a,local/shop_b", lines("volumes --format {{.Driver}}/{{.Name}}"));
    assertEquals("DRIVER    VOLUME NAME,local     shop_a,local     shop_b", lines("volumes"));
  }

  @Test
  void imagesOfContainers() {
    project
        .engine()
        .answer(
            "GET /images/sha256",
            """
            {"Id":"sha256:0123456789abcdef","Os":"linux","Architecture":"amd64","Size":1500,
             "Created":"2020-01-02T03:04:05Z"}
            """);
    assertEquals(
        "shop-web-1 web 1 linux/amd64 0123456789ab 1.5kB",
        lines(
                "images --format {{.Container}}\u00a0{{.Repository}}\u00a0{{.Tag}}\u00a0{{.Platform}}\u00a0{{.ID}}\u00a0{{.Size}}"
                    + " web")
            .replace('\u00a0', ' ')
            .split(",", -1)[0]);
    assertEquals("web:1", lines("images -q web").replace("sha256:", ""));
  }

  @Test
  void portsOfTheFirstContainerOrTheOneNamed() {
    project
        .engine()
        .answer("GET /containers/000000000002", ports("0.0.0.0", "8081"))
        .answer("GET /containers/000000000001", ports("::", "8082"));
    assertEquals("0.0.0.0:8081", lines("port web 80"));
    assertEquals("[::]:8082", lines("port --index 2 web 80"));
    Typed none = project.compose("port", "--protocol", "udp", "web", "53");
    assertEquals("no port 53/udp for container shop-web-1", none.err().strip());
  }

  private static String ports(String ip, String port) {
    return "{\"NetworkSettings\":{\"Ports\":{\"80/tcp\":[{\"HostIp\":\""
        + ip
        + "\",\"HostPort\":\""
        + port
        + "\"}],\"53/udp\":null}}}";
  }

  @Test
  void processesOfWhatRuns() {
    project
        .engine()
        .answer(
            "GET /containers/000000000002",
            "{\"Titles\":[\"PID\",\"CMD\"],\"Processes\":[[\"12\",\"sh\"],[\"1345\",\"nginx -g\"]]}")
        .answer(
            "GET /containers/000000000001",
            "{\"Titles\":[\"PID\",\"CMD\"],\"Processes\":[[\"9\",\"sh\"]]}");
    assertEquals(
        """
        SERVICE  #   PID   CMD
        web      1   12    sh
        web      1   1345  nginx -g
        web      2   9     sh
        """,
        project.compose("top").out());
    assertEquals("", project.compose("top", "db").out());
  }

  @Test
  void aContainerThatEndsMeanwhileHasNoProcesses() {
    project
        .engine()
        .answer("GET /containers/000000000002", "{\"Titles\":[\"PID\"],\"Processes\":null}")
        .answer("GET /containers/000000000001", "{\"Titles\":[\"PID\"]}");
    assertEquals("SERVICE  #   PID\n", project.compose("top").out().replaceAll(" +\n", "\n"));
  }

  @ParameterizedTest
  @CsvSource({"version --short", "version -f json"})
  void versions(String words) {
    assertTrue(lines(words).matches("\\d+\\.\\d+\\.\\d+|\\{\"version\":\"\\d+\\.\\d+\\.\\d+\"}"));
  }
}
