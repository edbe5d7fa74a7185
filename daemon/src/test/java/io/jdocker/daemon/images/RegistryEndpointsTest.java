package io.jdocker.daemon.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import io.jdocker.images.Digest;
import io.jdocker.images.testing.FakeRegistry;
import io.jdocker.images.testing.RegistryImage;
import io.jdocker.images.testing.TarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pull, push, login and the rest as clients of the API see them. */
class RegistryEndpointsTest {
  @TempDir Path folder;
  private ApiFixture api;
  private FakeRegistry registry;
  private RegistryImage image;

  @BeforeEach
  void open() throws IOException {
    api = ApiFixture.open(folder);
    registry = FakeRegistry.start();
    image = new RegistryImage().layer(new TarBuilder().file("f", "x", 0644));
    image.putInto(registry, "app", "1");
  }

  @AfterEach
  void close() throws IOException {
    api.close();
    registry.close();
  }

  private String from(String repository) {
    return "/images/create?fromImage=" + ApiFixture.encode(registry.host() + "/" + repository);
  }

  private static List<JsonObject> lines(Answer answer) {
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  @Test
  void pullIsAStreamOfDockersObjects() throws IOException {
    Answer answer = api.post(from("app") + "&tag=1", "");
    assertEquals(200, answer.status());
    List<JsonObject> lines = lines(answer);
    String id = image.blob(0).shortHex();
    assertEquals("{\"status\":\"Pulling from app\",\"id\":\"1\"}", lines.get(0).toString());
    assertEquals(
        "{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"" + id + "\"}",
        lines.get(1).toString());
    assertTrue(
        lines.stream().anyMatch(l -> l.toString().contains("\"Pull complete\"")), answer.body());
    assertEquals(
        "{\"status\":\"Status: Downloaded newer image for " + registry.host() + "/app:1\"}",
        lines.get(lines.size() - 1).toString());
    JsonObject inspected = api.get("/images/" + registry.host() + "/app:1/json").object();
    assertEquals(
        registry.host() + "/app@" + Digest.of(image.manifest().getBytes(StandardCharsets.UTF_8)),
        inspected.getAsJsonArray("RepoDigests").get(0).getAsString());
    assertEquals(Digest.of(image.config()).toString(), inspected.get("Id").getAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope|tag=1|404|not found: manifest unknown: manifest unknown",
        "app|tag=1&platform=a/b/c/d|400|is an invalid platform",
        "app|tag=-x|400|invalid tag format",
        "app|tag=sha256:12|400|invalid checksum digest format",
        "App|tag=1|400|must be lowercase"
      })
  void anErrorBeforeTheFirstLineHasAStatus(
      String repository, String query, int status, String message) throws IOException {
    Answer answer = api.post(from(repository) + "&" + query, "");
    assertEquals(status, answer.status(), answer.body());
    assertTrue(answer.object().get("message").getAsString().contains(message), answer.body());
  }

  @Test
  void anErrorAfterItIsALine() throws IOException {
    registry.next(
        "GET /v2/app/blobs/" + image.blob(0), FakeRegistry.failing(403, "DENIED", "not this one"));
    Answer answer = api.post(from("app") + "&tag=1", "");
    assertEquals(200, answer.status());
    List<JsonObject> lines = lines(answer);
    JsonObject last = lines.get(lines.size() - 1);
    assertTrue(last.get("error").getAsString().contains("denied: not this one"), answer.body());
    assertEquals(
        last.get("error"), last.getAsJsonObject("errorDetail").get("message"), "old and new name");
    assertEquals(404, api.get("/images/" + registry.host() + "/app:1/json").status());
  }

  @Test
  void whatImagesShareIsMeasuredWhenAskedFor() throws IOException {
    RegistryImage more =
        new RegistryImage()
            .layer(new TarBuilder().file("f", "x", 0644))
            .layer(new TarBuilder().file("g", "yy", 0644));
    more.putInto(registry, "more", "1");
    api.post(from("app") + "&tag=1", "");
    api.post(from("more") + "&tag=1", "");
    for (String list : List.of("/images/json?shared-size=1", "/system/df")) {
      String body = api.get(list).body();
      assertEquals(2, body.split("\"SharedSize\":1,", -1).length - 1, body);
    }
    assertTrue(api.get("/images/json").body().contains("\"SharedSize\":-1,"));
  }

  @Test
  void aPruneFreesWhatACutPullLeft() throws IOException {
    Path left = api.root().resolve("images/downloads").resolve("a".repeat(64));
    java.nio.file.Files.writeString(left, "12345");
    String dangling = "/images/prune?filters=" + ApiFixture.encode("{\"label\":[\"x\"]}");
    assertEquals(0, api.post(dangling, "").object().get("SpaceReclaimed").getAsInt());
    assertEquals(5, api.post("/images/prune", "").object().get("SpaceReclaimed").getAsInt());
    assertTrue(java.nio.file.Files.notExists(left));
  }

  @Test
  void pushIsAStreamThatEndsWithTheDigest() throws IOException {
    api.image(registry.host() + "/mine:1");
    Answer answer = api.post("/images/" + registry.host() + "/mine/push?tag=1", "");
    List<JsonObject> lines = lines(answer);
    assertEquals(
        "The push refers to repository [" + registry.host() + "/mine]",
        lines.get(0).get("status").getAsString());
    JsonObject aux = lines.get(lines.size() - 1).getAsJsonObject("aux");
    String manifest = registry.manifest("mine", "1").orElseThrow();
    assertEquals("1", aux.get("Tag").getAsString());
    assertEquals(
        Digest.of(manifest.getBytes(StandardCharsets.UTF_8)).toString(),
        aux.get("Digest").getAsString());
    assertEquals(manifest.length(), aux.get("Size").getAsInt());
  }

  @Test
  void pushingWhatIsNotHereIsALine() throws IOException {
    Answer answer = api.post("/images/" + registry.host() + "/nope/push?tag=1", "");
    assertEquals(200, answer.status());
    assertTrue(
        answer
            .body()
            .contains("An image does not exist locally with the tag: " + registry.host() + "/nope"),
        answer.body());
  }

  @Test
  void pullAndPushAreEvents() throws IOException {
    api.post(from("app") + "&tag=1", "");
    api.post("/images/" + registry.host() + "/app/push?tag=1", "");
    String recent =
        api.get("/events?since=0&until=" + (System.currentTimeMillis() / 1000 + 1)).body();
    for (String action : List.of("pull", "push")) {
      assertTrue(recent.contains("\"Action\":\"" + action + "\""), recent);
    }
    assertTrue(recent.contains("\"ID\":\"" + registry.host() + "/app:1\""), recent);
  }

  @Test
  void theCredentialsOfTheHeaderReachTheRegistry() throws IOException {
    registry.always(
        exchange -> {
          boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
          if (!known) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"it\"");
            FakeRegistry.error(exchange, 401, "UNAUTHORIZED", "authentication required");
          }
          return !known;
        });
    String json = "{\"username\":\"ü?>\",\"password\":\"p:w\",\"serveraddress\":\"x\"}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    for (String header :
        List.of(
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
      Answer answer = api.withHeader("POST", from("app") + "&tag=1", "X-Registry-Auth", header);
      assertEquals(200, answer.status(), answer.body());
    }
    String expected =
        "Basic " + Base64.getEncoder().encodeToString("ü?>:p:w".getBytes(StandardCharsets.UTF_8));
    assertTrue(
        registry.asked("HEAD").stream().anyMatch(a -> a.field("Authorization").equals(expected)));
    Answer bad = api.withHeader("POST", from("app") + "&tag=1", "X-Registry-Auth", "no base64!");
    assertEquals(400, bad.status());
  }

  @Test
  void loginAnswersAsDocker() throws IOException {
    String body =
        "{\"username\":\"u\",\"password\":\"p\",\"serveraddress\":\"" + registry.host() + "\"}";
    assertEquals(
        "{\"Status\":\"Login Succeeded\",\"IdentityToken\":\"\"}",
        api.post("/auth", body).body().strip());
    registry.always(FakeRegistry.failing(401, "UNAUTHORIZED", "incorrect username or password"));
    Answer refused = api.post("/auth", body);
    assertEquals(403, refused.status());
    assertEquals(
        "unauthorized: incorrect username or password",
        refused.object().get("message").getAsString());
  }

  @Test
  void distributionDescribesWithoutPulling() throws IOException {
    Answer answer = api.get("/distribution/" + registry.host() + "/app:1/json");
    JsonObject descriptor = answer.object().getAsJsonObject("Descriptor");
    assertEquals(
        Digest.of(image.manifest().getBytes(StandardCharsets.UTF_8)).toString(),
        descriptor.get("digest").getAsString());
    assertEquals(
        "[{\"architecture\":\"amd64\",\"os\":\"linux\"}]",
        answer.object().get("Platforms").toString());
    assertEquals(
        image.manifest(),
        api.get("/jdocker/manifests/" + registry.host() + "/app:1")
            .object()
            .get("Raw")
            .getAsString());
    assertEquals(404, api.get("/images/" + registry.host() + "/app:1/json").status());
  }

  @Test
  void searchAsksTheRegistryThatIsNamed() throws IOException {
    registry.always(
        exchange -> {
          boolean search = exchange.getRequestURI().getPath().equals("/v1/search");
          if (search) {
            FakeRegistry.answer(
                exchange,
                200,
                "application/json",
                ("{\"results\":[{\"name\":\"one\",\"star_count\":7,\"is_official\":true},"
                        + "{\"name\":\"two\",\"star_count\":1}]}")
                    .getBytes(StandardCharsets.UTF_8));
          }
          return search;
        });
    String term = ApiFixture.encode(registry.host() + "/some thing");
    Answer answer = api.get("/images/search?term=" + term + "&limit=5");
    assertEquals(2, answer.array().size());
    assertEquals("GET /v1/search?q=some+thing&n=5", registry.asked("GET /v1").get(0).line());
    Answer few = api.filtered("/images/search?term=" + term, "{\"stars\":[\"5\"]}");
    assertEquals("one", few.array().get(0).getAsJsonObject().get("name").getAsString());
    assertEquals(1, few.array().size());
    assertEquals(400, api.get("/images/search?term=" + term + "&limit=101").status());
    assertEquals(400, api.get("/images/search").status());
  }

  @ParameterizedTest
  @CsvSource({"http://[", "a b", "[::1", "x:99999999999", "%zz"})
  void aLoginToWhatIsNoAddressIsTheClientsMistake(String server) throws IOException {
    Answer answer = api.post("/auth", "{\"serveraddress\":\"" + server + "\"}");
    assertEquals(400, answer.status(), answer.body());
  }
}
