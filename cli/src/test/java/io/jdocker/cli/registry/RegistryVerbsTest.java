package io.jdocker.cli.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryVerbsTest {
  private static final String REPORTS =
      """
      {"status":"Pulling from library/bb","id":"1"}
      {"status":"Pulling fs layer","progressDetail":{},"id":"abc"}
      {"status":"Downloading","progressDetail":{"current":5,"total":9},"id":"abc"}
      {"status":"Pull complete","progressDetail":{},"id":"abc"}
      {"status":"Digest: sha256:dd"}
      {"status":"Status: Downloaded newer image for bb:1"}
      """;

  @TempDir Path folder;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(folder);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private Typed type(String input, String... words) {
    List<String> line = new ArrayList<>(List.of("-H", engine.url()));
    line.addAll(List.of(words));
    return Typed.run(input, Map.of("DOCKER_CONFIG", folder.toString()), line);
  }

  private void login(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
  }

  @Test
  void pullPrintsALineAReportAndTheWholeName() {
    engine.answer("POST /images/create", REPORTS);
    assertEquals(
        new Typed(
            0,
            """
            1: Pulling from library/bb
            abc: Pulling fs layer
            abc: Pull complete
            Digest: sha256:dd
            Status: Downloaded newer image for bb:1
            docker.io/library/bb:1
            """,
            ""),
        type("", "pull", "bb:1"));
    assertEquals("POST /images/create?fromImage=bb&tag=1", engine.lines().get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "bb, fromImage=bb&tag=latest, docker.io/library/bb:latest",
    "u/bb:2, fromImage=u%2Fbb&tag=2, docker.io/u/bb:2",
    "h:5000/bb:2, fromImage=h%3A5000%2Fbb&tag=2, h:5000/bb:2",
    "bb@sha256:ab, fromImage=bb&tag=sha256%3Aab, docker.io/library/bb@sha256:ab"
  })
  void pullAsksForJustThat(String image, String query, String name) {
    engine.answer("POST /images/create", "{\"status\":\"x\"}");
    assertEquals(name + "\n", type("", "pull", "-q", image).out());
    assertEquals("POST /images/create?" + query, engine.lines().get(0));
  }

  @Test
  void everyTagIsAskedForWithoutOne() {
    engine.answer("POST /images/create", "{\"status\":\"x\"}");
    Typed typed = type("", "pull", "-a", "--platform", "linux/arm64", "bb");
    assertEquals("x\ndocker.io/library/bb\n", typed.out());
    assertEquals("POST /images/create?fromImage=bb&platform=linux%2Farm64", engine.lines().get(0));
    assertEquals(
        new Typed(1, "", "tag can't be used with --all-tags/-a\n"), type("", "pull", "-a", "bb:1"));
  }

  @Test
  void anErrorInTheStreamEndsTheCommand() {
    engine.answer(
        "POST /images/create",
        "{\"status\":\"one\"}\r\n{\"errorDetail\":{\"message\":\"broke\"},\"error\":\"broke\"}\r\n");
    assertEquals(new Typed(1, "one\n", "broke\n"), type("", "pull", "bb:1"));
    engine.refuse("POST /images/create", 404, "manifest for bb:1 not found");
    assertEquals(
        new Typed(1, "", "Error response from daemon: manifest for bb:1 not found\n"),
        type("", "pull", "bb:1"));
  }

  @Test
  void theLoginOfThatRegistryGoesAlong() throws IOException {
    login("{\"auths\":{\"h:5000\":{\"auth\":\"dXNlcjpwdw==\"}}}");
    engine.answer("POST /images/", "{\"status\":\"x\"}");
    type("", "pull", "h:5000/bb:1");
    type("", "push", "h:5000/bb:1");
    type("", "pull", "other:5000/bb:1");
    for (int i = 0; i < 2; i++) {
      String header = engine.asked().get(i).head().get("x-registry-auth");
      assertEquals(
          "{\"username\":\"user\",\"password\":\"pw\",\"serveraddress\":\"h:5000\"}",
          new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8));
    }
    assertFalse(engine.asked().get(2).head().containsKey("x-registry-auth"));
    assertEquals("POST /images/h:5000/bb/push?tag=1", engine.lines().get(1));
  }

  @Test
  void pushPrintsWhatTheEngineReports() {
    engine.answer(
        "POST /images/bb/push",
        """
        {"status":"The push refers to repository [docker.io/library/bb]"}
        {"status":"Preparing","progressDetail":{},"id":"abc"}
        {"status":"latest: digest: sha256:dd size: 5"}
        {"progressDetail":{},"aux":{"Tag":"latest","Digest":"sha256:dd","Size":5}}
        """);
    assertEquals(
        """
        Using default tag: latest
        The push refers to repository [docker.io/library/bb]
        abc: Preparing
        latest: digest: sha256:dd size: 5
        """,
        type("", "push", "bb").out());
    assertEquals("docker.io/library/bb:latest\n", type("", "push", "-q", "bb").out());
  }

  @Test
  void runPullsWhatIsMissingOnStandardError() {
    engine.refuse("POST /containers/create", 404, "No such image: bb:1");
    engine.answer("POST /images/create", REPORTS);
    Typed typed = type("", "run", "bb:1");
    assertEquals(125, typed.code());
    assertEquals("", typed.out());
    assertTrue(typed.err().startsWith("Unable to find image 'bb:1' locally\n1: Pulling from"));
    assertEquals(
        List.of(
            "POST /containers/create",
            "POST /images/create?fromImage=bb&tag=1",
            "POST /containers/create"),
        engine.lines());
  }

  @Test
  void aPullThatFailsEndsRunAsARefusalDoes() {
    engine.refuse("POST /containers/create", 404, "No such image: bb:1");
    engine.answer("POST /images/create", "{\"status\":\"x\"}\r\n{\"error\":\"unexpected EOF\"}");
    Typed typed = type("", "run", "-q", "bb:1");
    assertEquals(125, typed.code());
    assertTrue(typed.err().contains("unexpected EOF"), typed.err());
    assertEquals(1, type("", "create", "-q", "bb:1").code());
  }

  @Test
  void runNeverPullsWhenToldSoAndAlwaysWhenToldSo() {
    engine.refuse("POST /containers/create", 404, "No such image: bb:1");
    engine.answer("POST /images/create", REPORTS);
    assertEquals(1, type("", "create", "--pull", "never", "bb:1").code());
    assertEquals(List.of("POST /containers/create"), engine.lines());
    engine.answer("POST /containers/create", "{\"Id\":\"i\"}");
    Typed always = type("", "create", "--pull", "always", "-q", "bb:1");
    assertEquals(new Typed(0, "i\n", ""), always);
    assertEquals("POST /images/create?fromImage=bb&tag=1", engine.lines().get(1));
    assertTrue(type("", "create", "--pull", "maybe", "bb:1").err().contains("invalid pull option"));
  }

  @Test
  void loginProvesAndKeeps() throws IOException {
    engine.answer("POST /auth", "{\"Status\":\"Login Succeeded\",\"IdentityToken\":\"\"}");
    Typed typed = type("secret\n", "login", "-u", "me", "--password-stdin", "https://h:5000/v2/");
    assertEquals(0, typed.code());
    assertEquals("Login Succeeded\n", typed.out());
    assertTrue(typed.err().contains("WARNING! Your credentials are stored unencrypted in"));
    assertEquals(
        "{\"username\":\"me\",\"password\":\"secret\",\"serveraddress\":\"h:5000\"}",
        engine.body("POST /auth"));
    assertTrue(Files.readString(folder.resolve("config.json")).contains("bWU6c2VjcmV0"));
    assertEquals("Login Succeeded\n", type("", "login", "h:5000").out(), "with what is kept");
    assertEquals("Removing login credentials for h:5000\n", type("", "logout", "h:5000").out());
    assertEquals("Not logged in to h:5000\n", type("", "logout", "h:5000").out());
  }

  @Test
  void anIdentityTokenIsKeptInThePasswordsStead() throws IOException {
    engine.answer("POST /auth", "{\"Status\":\"Login Succeeded\",\"IdentityToken\":\"tok\"}");
    type("", "login", "-u", "me", "-p", "secret");
    String config = Files.readString(folder.resolve("config.json"));
    assertTrue(config.contains("\"identitytoken\": \"tok\""), config);
    assertTrue(config.contains("https://index.docker.io/v1/"), config);
    assertFalse(config.contains("c2VjcmV0"), "base64 of the password");
  }

  @Test
  void aLoginThatFailsIsNotKept() {
    engine.refuse("POST /auth", 403, "unauthorized: incorrect username or password");
    Typed typed = type("", "login", "-u", "me", "-p", "wrong", "h:5000");
    assertEquals(1, typed.code());
    assertTrue(
        typed
            .err()
            .endsWith("Error response from daemon: unauthorized: incorrect username or password\n"),
        typed.err());
    assertFalse(Files.exists(folder.resolve("config.json")));
  }

  @Test
  void nobodyIsAskedWithoutATerminal() {
    assertEquals(
        "Error: Cannot perform an interactive login from a non TTY device\n",
        type("", "login", "h:5000").err());
    assertEquals(
        "Must provide --username with --password-stdin\n",
        type("x", "login", "--password-stdin").err());
    assertEquals(List.of(), engine.lines());
  }

  @Test
  void searchIsATable() {
    engine.answer(
        "GET /images/search",
        "[{\"name\":\"busybox\",\"description\":\"Busybox base image.\",\"star_count\":3,"
            + "\"is_official\":true},{\"name\":\"a/b\",\"description\":\"A description that is longer"
            + " than forty-five characters\",\"star_count\":0}]");
    String table = type("", "search", "--limit", "5", "-f", "stars=1", "busy").out();
    assertEquals(
        List.of(
            "NAME|DESCRIPTION|STARS|OFFICIAL",
            "busybox|Busybox base image.|3|[OK]",
            "a/b|A description that is longer than forty-five…|0|"),
        table.lines().map(line -> line.replaceAll(" {2,}", "|")).toList());
    assertEquals(
        "GET /images/search?term=busy&limit=5&filters=%7B%22stars%22%3A%7B%221%22%3Atrue%7D%7D",
        engine.lines().get(0));
  }

  @Test
  void aManifestIsShownAsTheRegistryHasIt() {
    engine.answer(
        "GET /jdocker/manifests/h:5/x:1",
        "{\"Descriptor\":{\"digest\":\"sha256:dd\"},\"Raw\":\"{\\\"schemaVersion\\\":2}\"}");
    assertEquals(
        "{\n    \"schemaVersion\": 2\n}\n", type("", "manifest", "inspect", "h:5/x:1").out());
    assertTrue(
        type("", "manifest", "inspect", "-v", "h:5/x:1").out().contains("\"Ref\": \"h:5/x:1\""));
  }
}
