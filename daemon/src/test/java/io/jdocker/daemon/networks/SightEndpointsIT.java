package io.jdocker.daemon.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoints that show the host: whatever host this test runs on, and bad questions. */
class SightEndpointsIT {
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
  @CsvSource({
    "text, text/plain, host",
    "json, application/json, {",
    "dot, text/vnd.graphviz, graph network {",
    "svg, image/svg+xml, <svg xmlns=",
  })
  void theHostIsDrawnInEachFormat(String format, String type, String start) throws IOException {
    Answer answer = api.get("/jdocker/network/graph?format=" + format);
    assertEquals(200, answer.status(), answer.body());
    assertTrue(answer.head().contains(type), answer.head());
    assertTrue(answer.body().startsWith(start), answer.body());
  }

  @Test
  void theHostReachesItself() throws IOException {
    JsonObject way = api.get("/jdocker/network/path?from=host&to=127.0.0.1&format=json").object();
    assertEquals("answered", way.get("Outcome").getAsString(), way.toString());
    assertEquals("host to 127.0.0.1 (ping)", way.get("Question").getAsString());
    Answer text = api.get("/jdocker/network/path?from=host&to=127.0.0.1");
    assertTrue(text.body().contains("ANSWERED by host: host answers"), text.body());
  }

  @Test
  void findingsHaveAnIdAndAnAdvice() throws IOException {
    Answer answer = api.get("/jdocker/network/doctor?port=9&port=10/udp");
    assertEquals(200, answer.status(), answer.body());
    for (JsonElement each : answer.array()) {
      assertTrue(each.getAsJsonObject().has("Id") && each.getAsJsonObject().has("Advice"));
    }
  }

  @Test
  void reloadAnswersWithNothing() throws IOException {
    assertEquals(204, api.post("/jdocker/network/reload", "{}").status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "graph?format=png|400|unknown format \"png\": choose text, json, dot or svg",
        "path?from=host|400|name where the packet comes from and where it goes",
        "path?from=host&to=127.0.0.1:http|400|invalid port in \"127.0.0.1:http\": write NAME:PORT or"
            + " NAME:PORT/udp, or leave it out for a ping",
        "path?from=nobody&to=host|404|no running container and no namespace is called nobody: name a"
            + " container, host, a namespace of jdocker network graph, or an IPv4 address",
        "path?from=host&to=127.0.0.1&format=dot|400|unknown format \"dot\": choose text or json",
        "doctor?port=http|400|invalid port \"http\"",
      })
  void badQuestionsAreRefused(String question, int status, String message) throws IOException {
    Answer answer = api.get("/jdocker/network/" + question);
    assertEquals(status, answer.status(), answer.body());
    assertEquals(message, answer.message());
  }
}
