package io.jdocker.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every path of the API leads somewhere, and what jdocker lacks says so by its name. */
class RoutesTest {
  @TempDir static Path folder;
  private static ApiFixture api;

  @BeforeAll
  static void open() throws IOException {
    api = ApiFixture.open(folder);
  }

  @AfterAll
  static void close() throws IOException {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /_ping",
        "GET /version",
        "GET /info",
        "GET /system/df",
        "GET /containers/json",
        "POST /containers/create",
        "POST /containers/prune",
        "POST /commit?container=x",
        "POST /build/prune",
        "GET /containers/x/archive?path=/",
        "PUT /containers/x/archive?path=/",
        "GET /containers/x/changes",
        "GET /containers/x/export",
        "POST /containers/x/pause",
        "POST /containers/x/rename?name=y",
        "POST /containers/x/update",
        "GET /containers/x/stats?stream=0",
        "POST /containers/x/unpause",
        "GET /containers/x/json",
        "POST /containers/x/start",
        "POST /containers/x/stop",
        "POST /containers/x/restart",
        "POST /containers/x/kill",
        "POST /containers/x/wait",
        "POST /containers/x/attach?stdout=1",
        "POST /containers/x/resize?h=1&w=1",
        "GET /containers/x/logs?stdout=1",
        "GET /containers/x/top",
        "DELETE /containers/x",
        "POST /containers/x/exec",
        "POST /exec/x/start",
        "POST /exec/x/resize?h=1&w=1",
        "GET /exec/x/json",
        "GET /images/json",
        "POST /images/create",
        "POST /images/load",
        "POST /images/prune",
        "GET /images/get?names=x",
        "GET /images/x/json",
        "GET /images/a/b/c/json",
        "GET /images/x/history",
        "GET /images/x/get",
        "POST /images/x/tag?repo=y",
        "DELETE /images/x",
        "GET /networks",
        "GET /networks/x",
        "POST /networks/create",
        "POST /networks/prune?filters={%22label%22:[%22nosuch%22]}",
        "POST /networks/x/connect",
        "POST /networks/x/disconnect",
        "DELETE /networks/x",
        "GET /volumes",
        "GET /volumes/x",
        "POST /volumes/create",
        "POST /volumes/prune",
        "DELETE /volumes/x",
        "GET /plugins",
        "POST /auth",
        "GET /images/search",
        "POST /images/create?fromImage=UPPER",
        "POST /images/a/UPPER/push",
        "GET /distribution/a/UPPER/json",
        "GET /jdocker/manifests/a/UPPER",
      })
  void everyVerbHasARoute(String request) throws IOException {
    int blank = request.indexOf(' ');
    for (String version : new String[] {"", "/v1.24", "/v1.32", "/v1.51"}) {
      Answer answer =
          api.call(request.substring(0, blank), version + request.substring(blank + 1), "", "");
      assertTrue(answer.status() < 500, answer.status() + " " + answer.body());
      assertNotEquals("{\"message\":\"page not found\"}\n", answer.body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /build/cancel, cancelling a build by its id",
    "GET, /containers/x/attach/ws, attaching by websocket",
    "PUT, /volumes/x, updating a cluster volume",
  })
  void whatIsMissingIsNamed(String method, String path, String what) throws IOException {
    Answer answer = api.call(method, path, "", "");
    assertEquals(501, answer.status());
    assertEquals(what + " is not supported by this version of jdocker", answer.message());
  }

  @Test
  void aHeadOfAnArchiveHasNoBody() throws IOException {
    Answer answer = api.call("HEAD", "/containers/x/archive?path=/", "", "");
    assertEquals(404, answer.status());
    assertEquals("", answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"swarm", "nodes", "services", "tasks", "secrets", "configs", "services/create"})
  void swarmIsNotOn(String path) throws IOException {
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      Answer answer = api.call(method, "/v1.51/" + path, "", "");
      assertEquals(503, answer.status());
      assertTrue(answer.message().startsWith("This node is not a swarm manager."));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nosuch",
    "PUT, /containers/json",
    "GET, /containers/create",
    "PATCH, /images/json",
    "POST, /session",
    "POST, /grpc",
    "GET, /",
  })
  void anythingElseIsNoPage(String method, String path) throws IOException {
    Answer answer = api.call(method, path, "", "");
    assertEquals(404, answer.status());
    assertEquals("page not found", answer.message());
  }

  @ParameterizedTest
  @CsvSource({
    "1.52, client version 1.52 is too new. Maximum supported API version is 1.51",
    "2.0, client version 2.0 is too new. Maximum supported API version is 1.51",
    "1.23, 'client version 1.23 is too old. Minimum supported API version is 1.24, please upgrade"
        + " your client to a newer version'",
  })
  void versionsThatAreNotSpoken(String version, String message) throws IOException {
    Answer answer = api.get("/v" + version + "/_ping");
    assertEquals(400, answer.status());
    assertEquals(message, answer.message());
    assertTrue(answer.head().contains("Api-Version: 1.51\r\n"), "errors announce it, too");
  }

  @Test
  void pingHasTheHeadersThatClientsNegotiateBy() throws IOException {
    for (String method : new String[] {"GET", "HEAD"}) {
      Answer answer = api.call(method, "/_ping", "", "");
      assertEquals(200, answer.status());
      assertEquals(method.equals("GET") ? "OK" : "", answer.body());
      for (String header :
          new String[] {
            "Api-Version: 1.51",
            "Builder-Version: 1",
            "Swarm: inactive",
            "Cache-Control: no-cache, no-store, must-revalidate",
            "Pragma: no-cache",
          }) {
        assertTrue(answer.head().contains(header + "\r\n"), answer.head());
      }
    }
  }

  @Test
  void versionTellsBothEndsOfTheRange() throws IOException {
    Answer answer = api.get("/version");
    assertEquals("1.51", answer.object().get("ApiVersion").getAsString());
    assertEquals("1.24", answer.object().get("MinAPIVersion").getAsString());
    assertEquals("linux", answer.object().get("Os").getAsString());
    // Testcontainers refuses a server of less than 1.6.0: this is the Docker that we stand for.
    assertEquals("28.3.0", answer.object().get("Version").getAsString());
    assertEquals(
        "9.9",
        answer
            .object()
            .getAsJsonArray("Components")
            .get(0)
            .getAsJsonObject()
            .get("Version")
            .getAsString());
  }
}
