package io.jdocker.daemon.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three images, oldest first: one whose name has gone to the second, that, and {@code a/b:2}. */
class ImageEndpointsTest {
  @TempDir Path folder;
  private ApiFixture api;
  private String nameless;
  private String bb;
  private String ab;

  @BeforeEach
  void open() throws IOException {
    api = ApiFixture.open(folder);
    nameless = api.image("bb:1", "CMD one", "LABEL l=1");
    bb = api.image("bb:1", "CMD [\"two\"]", "LABEL l=2 m=", "EXPOSE 80", "ENV A=b", "USER u");
    ab = api.image("a/b:2", "CMD three");
  }

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private String listed(String filters) throws IOException {
    Answer answer = api.filtered("/images/json", filters);
    assertEquals(200, answer.status(), answer.body());
    return String.join(
        " ",
        answer.each("Id").stream()
            .map(id -> id.equals(nameless) ? "nameless" : id.equals(bb) ? "bb" : "ab")
            .sorted()
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|ab bb nameless",
        "{\"dangling\":[\"true\"]}|nameless",
        "{\"dangling\":{\"false\":true}}|ab bb",
        "{\"label\":[\"l\"]}|bb nameless",
        "{\"label\":[\"l=2\",\"m\"]}|bb",
        "{\"label!\":[\"l\"]}|ab",
        "{\"reference\":[\"bb\"]}|bb",
        "{\"reference\":[\"bb:1\"]}|bb",
        "{\"reference\":[\"bb:9\"]}|``",
        "{\"reference\":[\"b*\"]}|bb",
        "{\"reference\":[\"*\"]}|bb",
        "{\"reference\":[\"*/b\"]}|ab",
        "{\"reference\":[\"bb\",\"a/b:*\"]}|ab bb",
        "{\"before\":[\"bb:1\"]}|nameless",
        "{\"since\":[\"bb:1\"]}|ab",
        "{\"until\":[\"1h\"]}|``",
      })
  void everyFilter(String filters, String expected) throws IOException {
    assertEquals(expected, listed(filters));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"foo\":[\"a\"]}|400|Invalid filter 'foo'",
        "{\"dangling\":[\"x\"]}|400|Invalid filter 'dangling=x'",
        "{\"reference\":[\"[\"]}|400|Invalid filter 'reference=['",
        "{\"before\":[\"nope\"]}|404|No such image: nope:latest",
        "{\"until\":[\"soon\"]}|400|failed to parse value as time: \"soon\" is neither seconds nor"
            + " RFC 3339",
      })
  void wrongFilters(String filters, int status, String message) throws IOException {
    Answer answer = api.filtered("/images/json", filters);
    assertEquals(status, answer.status());
    assertEquals(message, answer.message());
  }

  @Test
  void anItemOfTheList() throws IOException {
    JsonObject item =
        api.filtered("/images/json", "{\"reference\":[\"bb\"]}").array().get(0).getAsJsonObject();
    assertEquals(
        Set.of(
            "Id",
            "ParentId",
            "RepoTags",
            "RepoDigests",
            "Created",
            "Size",
            "SharedSize",
            "Labels",
            "Containers"),
        item.keySet());
    assertEquals("[\"bb:1\"]", item.get("RepoTags").toString());
    assertEquals("[]", item.get("RepoDigests").toString());
    assertEquals(-1, item.get("SharedSize").getAsInt());
    assertEquals(0, item.get("Containers").getAsInt());
    assertEquals("{\"l\":\"2\",\"m\":\"\"}", item.get("Labels").toString());
  }

  @Test
  void olderClientsGetTheOldKeys() throws IOException {
    String dangling = "{\"dangling\":[\"1\"]}";
    JsonObject old = api.filtered("/v1.42/images/json", dangling).array().get(0).getAsJsonObject();
    assertEquals("[\"<none>:<none>\"]", old.get("RepoTags").toString());
    assertEquals("[\"<none>@<none>\"]", old.get("RepoDigests").toString());
    assertEquals(-1, old.get("Containers").getAsInt());
    JsonObject current = api.filtered("/images/json", dangling).array().get(0).getAsJsonObject();
    assertEquals("[]", current.get("RepoTags").toString());
  }

  @Test
  void inspect() throws IOException {
    JsonObject document = api.get("/images/bb:1/json").object();
    assertEquals(bb, document.get("Id").getAsString());
    assertEquals("overlay2", document.getAsJsonObject("GraphDriver").get("Name").getAsString());
    assertEquals("layers", document.getAsJsonObject("RootFS").get("Type").getAsString());
    assertEquals("linux", document.get("Os").getAsString());
    JsonObject config = document.getAsJsonObject("Config");
    assertEquals("u", config.get("User").getAsString());
    assertEquals("{\"80/tcp\":{}}", config.get("ExposedPorts").toString());
    assertEquals("[\"two\"]", config.get("Cmd").toString());
    assertEquals("[\"A=b\"]", config.get("Env").toString());
    assertTrue(config.get("Entrypoint").isJsonNull());
    assertFalse(config.has("Healthcheck"));
    assertEquals(document, api.get("/images/" + bb + "/json").object());
    assertEquals(document, api.get("/images/" + bb.substring(7, 19) + "/json").object());
  }

  @Test
  void tagAndRemove() throws IOException {
    assertEquals(
        201, api.call("POST", "/images/bb:1/tag?repo=docker.io/library/cc&tag=3", "", "").status());
    assertEquals("[{\"Untagged\":\"bb:1\"}]\n", api.delete("/images/bb:1").body());
    JsonObject last = api.delete("/images/cc:3").array().get(0).getAsJsonObject();
    assertEquals("cc:3", last.get("Untagged").getAsString());
    assertEquals("No such image: cc:3", api.delete("/images/cc:3").message());
  }

  @Test
  void anImageInUseStays() throws IOException {
    String id = api.container("web", "{\"Image\":\"a/b:2\"}");
    Answer answer = api.delete("/images/a/b:2");
    assertEquals(409, answer.status());
    assertEquals(
        "conflict: unable to remove repository reference \"a/b:2\" (must force) - container "
            + id.substring(0, 12)
            + " is using its referenced image "
            + ab.substring(7, 19),
        answer.message());
  }

  @Test
  void pruneTakesNamelessOnesUnlessToldOtherwise() throws IOException {
    String first = api.post("/images/prune", "").body();
    assertTrue(first.contains("{\"Deleted\":\"" + nameless + "\"}"), first);
    assertEquals("ab bb", listed("{}"));
    api.post("/images/prune?filters=" + ApiFixture.encode("{\"dangling\":[\"false\"]}"), "");
    assertEquals("", listed("{}"));
  }

  /** docker-compose 1.29 reads a key that the newest version has not, and asks for that version. */
  @ParameterizedTest
  @CsvSource({
    "/v1.44, docker/28.2.2 (linux), true",
    "/v1.51, docker/28.2.2 (linux), false",
    "/v1.51, docker-compose/1.29.2 docker-py/5.0.3, true",
    "/v1.51, docker-compose/2.39.0, false"
  })
  void theContainersSettingsAreForThoseWhoReadThem(String version, String client, boolean there)
      throws IOException {
    JsonObject image =
        api.withHeader("GET", version + "/images/bb:1/json", "User-Agent", client).object();
    assertEquals(there, image.has("ContainerConfig"));
    if (there) {
      assertEquals(image.get("Config"), image.get("ContainerConfig"));
    }
  }
}
