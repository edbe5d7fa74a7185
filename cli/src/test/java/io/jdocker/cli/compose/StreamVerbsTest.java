package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verbs that hand on what the engine streams: logs, events, pulls and pushes. */
class StreamVerbsTest {
  private static final String FIRST = "GET /containers/000000000001";

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
              web: {image: "web:1", depends_on: [db]}
              db: {image: "registry.example/db:2", platform: linux/arm64}
              built: {build: ., image: "made:1"}
              never: {image: "here:1", pull_policy: never}
            """);
  }

  @AfterEach
  void end() throws IOException {
    project.close();
  }

  /** One frame of the multiplexed stream: 1 is standard output, 2 standard error. */
  private static void frame(OutputStream out, int stream, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(new byte[] {(byte) stream, 0, 0, 0, 0, 0, 0, (byte) bytes.length});
    out.write(bytes);
  }

  private void log(String line, String... texts) {
    project
        .engine()
        .script(
            line,
            (in, out) -> {
              java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
              for (String text : texts) {
                frame(body, text.startsWith("!") ? 2 : 1, text.replaceFirst("^!", ""));
              }
              FakeEngine.write(
                  out,
                  "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.multiplexed-stream"
                      + "\r\nContent-Length: "
                      + body.size()
                      + "\r\n\r\n");
              out.write(body.toByteArray());
            });
  }

  private String id(int number) {
    return String.format(java.util.Locale.ROOT, "%012x%052d", number, 0);
  }

  @Test
  void logsCarryTheNamesOfTheirContainers() {
    project.container("web", 1, "exited");
    log("GET /containers/" + id(1) + "/logs", "one\n", "two\nthree\n", "no end");
    assertEquals(
        """
        web-1  | one
        web-1  | two
        web-1  | three
        web-1  | no end
        """,
        project.compose("logs", "--no-color").out());
    assertEquals(
        "one\ntwo\nthree\nno end\n", project.compose("logs", "--no-log-prefix", "web").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          logs                  | stdout=1&stderr=1
          logs -n 5             | tail=5
          logs -t               | timestamps=1
          logs --since 100      | since=100
          logs --until 200      | until=200
          """)
  void whatLogsAsksFor(String words, String part) {
    project.container("web", 1, "exited");
    log("GET /containers/" + id(1) + "/logs");
    Typed typed = project.compose(words.split(" ", -1));
    assertEquals(0, typed.code(), typed.err());
    String asked =
        project.engine().lines().stream()
            .filter(line -> line.contains("/logs"))
            .findFirst()
            .orElseThrow();
    assertTrue(asked.contains(part), asked);
  }

  @Test
  void logsOfOneOfSeveral() {
    project.container("web", 1, "exited");
    project.container("web", 2, "exited");
    log("GET /containers/" + id(2) + "/logs", "second\n");
    assertEquals("web-2  | second\n", project.compose("logs", "--index", "2", "web").out());
  }

  private static String event(String action, String service, String oneOff) {
    return "{\"Type\":\"container\",\"Action\":\""
        + action
        + "\",\"timeNano\":1700000000123456000,\"Actor\":{\"ID\":\"c1\",\"Attributes\":{"
        + "\"com.docker.compose.service\":\""
        + service
        + "\",\"com.docker.compose.oneoff\":\""
        + oneOff
        + "\",\"name\":\"shop-"
        + service
        + "-1\",\"image\":\"i\"}}}\n";
  }

  @Test
  void eventsOfTheServicesWithoutOneOffContainers() {
    project
        .engine()
        .answer(
            "GET /events",
            event("start", "web", "False")
                + event("start", "db", "False")
                + event("die", "web", "True"));
    List<String> all = project.compose("events").out().lines().toList();
    assertEquals(2, all.size());
    assertTrue(
        all.get(0)
            .matches(
                "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.123456 container start c1"
                    + " \\(image=i, name=shop-web-1\\)"),
        all.get(0));
    List<String> json = project.compose("events", "--json", "db").out().lines().toList();
    assertEquals(1, json.size());
    JsonObject event = JsonParser.parseString(json.get(0)).getAsJsonObject();
    assertEquals("db", event.get("service").getAsString());
    assertEquals("start", event.get("action").getAsString());
    assertEquals("{\"name\":\"shop-db-1\",\"image\":\"i\"}", event.get("attributes").toString());
  }

  @Test
  void eventsAreAskedForByTheProject() {
    project.engine().answer("GET /events", "");
    project.compose("events", "--since", "5", "--until", "9");
    String asked = project.engine().lines().get(0);
    for (String part :
        List.of("since=5", "until=9", "com.docker.compose.project%3Dshop", "container")) {
      assertTrue(asked.contains(part), asked);
    }
  }

  private String pulled(String... words) {
    Typed typed = project.compose(words);
    assertEquals(0, typed.code(), typed.err());
    return String.join(",", project.journal());
  }

  @Test
  void pullTakesWhatHasAnImageAndMayBePulled() {
    assertEquals("pull web:1,pull db:2,pull made:1", pulled("pull"));
    assertEquals("pull web:1,pull db:2", pulled("pull", "--ignore-buildable"));
    assertEquals("pull web:1", pulled("pull", "web"));
    assertEquals("pull db:2,pull web:1", sorted(pulled("pull", "--include-deps", "web")));
    assertEquals("", pulled("pull", "--policy", "missing", "web"));
  }

  private static String sorted(String list) {
    return String.join(",", List.of(list.split(",", -1)).stream().sorted().toList());
  }

  @Test
  void whatIsLeftOutIsSaid() {
    assertTrue(project.compose("pull").err().contains(" never Skipped \n"));
  }

  @Test
  void thePlatformIsThatOfTheService() {
    project.compose("pull", "db");
    assertTrue(
        project.engine().lines().stream()
            .anyMatch(
                line ->
                    line.equals(
                        "POST /images/create?fromImage=registry.example%2Fdb&tag=2"
                            + "&platform=linux%2Farm64")),
        project.engine().lines().toString());
  }

  @Test
  void aFailedPullHasACodeOfItsOwnAndTheOthersArePulled() {
    project.engine().refuse("POST /images/create?fromImage=registry.example", 404, "no such image");
    Typed typed = project.compose("pull");
    assertEquals(18, typed.code());
    assertTrue(typed.err().endsWith("Error response from daemon: no such image\n"), typed.err());
    assertEquals("pull web:1,pull made:1", String.join(",", project.journal()));
    assertEquals(0, project.compose("pull", "--ignore-pull-failures").code());
  }

  @Test
  void whatCanBeBuiltNeedNotBePulled() {
    project.engine().refuse("POST /images/create", 404, "denied");
    Typed typed = project.compose("pull", "built");
    assertEquals(0, typed.code());
    assertTrue(typed.err().contains("WARN[0000] made:1: denied"), typed.err());
  }

  @Test
  void pushIsOfWhatIsBuiltHere() {
    project.engine().answer("POST /images/", "{\"status\":\"done\"}\n");
    Typed typed = project.compose("push", "-q");
    assertEquals(0, typed.code(), typed.err());
    assertEquals(
        List.of("POST /images/docker.io/library/made/push?tag=1"),
        project.engine().lines().stream()
            .map(line -> line.replace("/images/made/", "/images/docker.io/library/made/"))
            .toList());
  }

  @Test
  void aFailedPushCanBeIgnored() {
    project
        .engine()
        .answer(
            "POST /images/", "{\"errorDetail\":{\"message\":\"denied\"},\"error\":\"denied\"}\n");
    assertEquals(1, project.compose("push").code());
    Typed ignored = project.compose("push", "--ignore-push-failures");
    assertEquals(0, ignored.code());
    assertTrue(ignored.err().contains("WARN[0000] built: denied"), ignored.err());
  }

  @Test
  void anEngineThatRefusesIsQuoted() {
    project.container("web", 1, "running");
    project.engine().refuse(FIRST, 500, "log driver none");
    Typed typed = project.compose("logs", "web");
    assertEquals(1, typed.code());
    assertEquals("Error response from daemon: log driver none", typed.err().strip());
  }
}
