package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rename, update, stats and the documents of policy and health, of containers that do not run. */
final class LifecycleEndpointsTest {
  @TempDir private Path folder;
  private ApiFixture api;
  private String id;

  @BeforeEach
  void open() throws IOException {
    api = ApiFixture.open(folder);
    api.image(
        "probed", "CMD [\"sleep\"]", "HEALTHCHECK --interval=7s --retries=2 CMD curl localhost");
    id = api.container("web", "{\"Image\":\"probed\"}");
  }

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private JsonObject inspect(String name) throws IOException {
    return api.get("/containers/" + name + "/json").object();
  }

  private Answer update(String body) throws IOException {
    return api.post("/containers/web/update", body);
  }

  @Test
  void renameAnswersWithoutABody() throws IOException {
    Answer answer = api.call("POST", "/containers/web/rename?name=site", "", "");
    assertEquals(204, answer.status());
    assertEquals("/site", inspect(id).get("Name").getAsString());
    assertEquals(404, api.get("/containers/web/json").status());
  }

  @ParameterizedTest
  @CsvSource({
    "/containers/web/rename, 400, Neither old nor new names may be empty",
    "/containers/web/rename?name=, 400, Neither old nor new names may be empty",
    "/containers/web/rename?name=web, 400,"
        + " Renaming a container with the same name as its current name",
    "/containers/nope/rename?name=x1, 404, No such container: nope",
    "/containers/nope/pause, 404, No such container: nope",
    "/containers/nope/unpause, 404, No such container: nope",
  })
  void wrongRequests(String path, int status, String message) throws IOException {
    Answer answer = api.call("POST", path, "", "");
    assertEquals(status, answer.status());
    assertEquals(message, answer.message());
  }

  @Test
  void whatDoesNotRunCannotBePaused() throws IOException {
    Answer pause = api.call("POST", "/containers/web/pause", "", "");
    assertEquals(409, pause.status());
    assertEquals("Container " + id + " is not running", pause.message());
    Answer unpause = api.call("POST", "/containers/web/unpause", "", "");
    assertEquals(500, unpause.status());
    assertEquals("Container " + id + " is not paused", unpause.message());
  }

  @Test
  void anUpdateAsTheDockerCommandSendsIt() throws IOException {
    Answer answer =
        update(
            "{\"CpuShares\":512,\"Memory\":67108864,\"NanoCpus\":0,\"CgroupParent\":\"\","
                + "\"BlkioWeight\":0,\"BlkioWeightDevice\":null,\"Devices\":null,"
                + "\"PidsLimit\":null,\"Ulimits\":null,"
                + "\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":3}}");
    assertEquals(200, answer.status(), answer.body());
    assertEquals("[]", answer.object().get("Warnings").toString());
    JsonObject host = inspect("web").getAsJsonObject("HostConfig");
    assertEquals(512, host.get("CpuShares").getAsInt());
    assertEquals(67108864, host.get("Memory").getAsLong());
    assertEquals(
        "{\"Name\":\"on-failure\",\"MaximumRetryCount\":3}", host.get("RestartPolicy").toString());
  }

  @Test
  void whatAnUpdateDoesNotNameStays() throws IOException {
    update("{\"Memory\":67108864,\"RestartPolicy\":{\"Name\":\"always\"}}");
    assertEquals(200, update("{\"CpuShares\":100}").status());
    api.reopen();
    JsonObject host = inspect("web").getAsJsonObject("HostConfig");
    assertEquals(67108864, host.get("Memory").getAsLong());
    assertEquals(100, host.get("CpuShares").getAsInt());
    assertEquals("always", host.getAsJsonObject("RestartPolicy").get("Name").getAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"RestartPolicy\":{\"Name\":\"maybe\"}} | invalid restart policy: unknown policy 'maybe';"
            + " use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
        "{\"RestartPolicy\":{\"Name\":\"always\",\"MaximumRetryCount\":1}} | invalid restart"
            + " policy: maximum retry count can only be used with 'on-failure'",
        "{\"Memory\":1000} | Cannot update container ID: Minimum memory limit allowed is 6MB",
        "{\"NanoCpus\":99000000000000} | Cannot update container ID: Range of CPUs is from 0.01 to",
        "{\"CpuShares\":\"many\"} | invalid JSON",
      })
  void wrongUpdates(String body, String message) throws IOException {
    Answer answer = update(body);
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.message().startsWith(message.replace("ID", id)), answer.message());
    JsonObject host = inspect("web").getAsJsonObject("HostConfig");
    assertEquals("no", host.getAsJsonObject("RestartPolicy").get("Name").getAsString());
  }

  @Test
  void statsOfWhatDoesNotRunAreEmptyAtOnce() throws IOException {
    JsonObject stats = api.get("/containers/web/stats?stream=0").object();
    assertEquals("/web", stats.get("name").getAsString());
    assertEquals("0001-01-01T00:00:00Z", stats.get("read").getAsString());
    assertEquals(404, api.get("/containers/nope/stats?stream=0").status());
  }

  @Test
  void theImagesHealthCheckIsShownAndCanBeTurnedOff() throws IOException {
    assertEquals(
        "{\"Test\":[\"CMD-SHELL\",\"curl localhost\"],\"Interval\":7000000000,\"Retries\":2}",
        inspect("web").getAsJsonObject("Config").get("Healthcheck").toString());
    assertFalse(inspect("web").getAsJsonObject("State").has("Health"));
    api.container("off", "{\"Image\":\"probed\",\"Healthcheck\":{\"Test\":[\"NONE\"]}}");
    assertEquals(
        "{\"Test\":[\"NONE\"],\"Interval\":7000000000,\"Retries\":2}",
        inspect("off").getAsJsonObject("Config").get("Healthcheck").toString());
    api.container("own", "{\"Image\":\"probed\",\"Healthcheck\":{\"Timeout\":1000000}}");
    assertEquals(
        "{\"Test\":[\"CMD-SHELL\",\"curl localhost\"],\"Interval\":7000000000,"
            + "\"Timeout\":1000000,\"Retries\":2}",
        inspect("own").getAsJsonObject("Config").get("Healthcheck").toString());
  }

  @Test
  void aNulByteIsTheClientsMistake() throws IOException {
    Answer answer =
        api.post("/containers/create", "{\"Image\":\"probed\",\"Env\":[\"A=b\\u0000c\"]}");
    assertEquals(400, answer.status());
    assertEquals(
        "invalid environment variable \"A=b\\0c\": it contains a NUL byte", answer.message());
  }
}
