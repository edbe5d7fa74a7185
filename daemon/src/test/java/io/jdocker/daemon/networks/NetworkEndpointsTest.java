package io.jdocker.daemon.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks that are always there and one more, and what is refused. */
class NetworkEndpointsTest {
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
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|bridge host none own",
        "{\"name\":[\"host\"]}|host",
        "{\"name\":[\"host\",\"none\"]}|host none",
        "{\"name\":[\"os\"]}|host",
        "{\"name\":[\"^os\"]}|``",
        "{\"name\":[\"^no\",\"^hos.$\"]}|host none",
        "{\"driver\":[\"null\"]}|none",
        "{\"driver\":[\"null\",\"host\"]}|host none",
        "{\"driver\":[\"null\"],\"name\":[\"host\"]}|``",
        "{\"scope\":[\"local\"]}|bridge host none own",
        "{\"scope\":[\"swarm\",\"local\"]}|bridge host none own",
        "{\"scope\":[\"swarm\"]}|``",
        "{\"type\":[\"builtin\"]}|bridge host none",
        "{\"type\":[\"custom\"]}|own",
        "{\"type\":[\"custom\",\"builtin\"]}|bridge host none own",
        "{\"driver\":[\"bridge\"]}|bridge own",
        "{\"dangling\":[\"true\"]}|own",
        "{\"dangling\":[\"false\"]}|bridge host none",
        "{\"label\":[\"a\"]}|own",
        "{\"label\":[\"a=1\",\"b\"]}|own",
        "{\"label\":[\"a=1\",\"c\"]}|``",
        "{\"label\":[\"a=2\"]}|``",
        "{\"id\":[\"zz\"]}|``",
      })
  void filters(String filters, String expected) throws IOException {
    Answer answer = api.filtered("/networks", filters);
    assertEquals(200, answer.status(), answer.body());
    assertEquals(expected, String.join(" ", answer.each("Name")));
  }

  @Test
  void byIdAndItsBeginning() throws IOException {
    String id = api.get("/networks/host").object().get("Id").getAsString();
    assertEquals(64, id.length());
    for (String wanted : List.of(id, id.substring(0, 12))) {
      assertEquals("host", api.get("/networks/" + wanted).object().get("Name").getAsString());
      assertEquals(
          List.of("host"), api.filtered("/networks", "{\"id\":[\"" + wanted + "\"]}").each("Name"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"foo\":[\"a\"]}|Invalid filter 'foo'",
        "{\"type\":[\"x\"]}|Invalid filter 'type=x'",
        "{\"dangling\":[\"x\"]}|Invalid filter 'dangling=x'",
        "{\"name\":[\"(\"]}|Invalid filter 'name=(': Unclosed group",
        "[]|invalid filters \"[]\": not a JSON object",
      })
  void wrongFilters(String filters, String message) throws IOException {
    Answer answer = api.filtered("/networks", filters);
    assertEquals(400, answer.status());
    assertEquals(message, answer.message());
  }

  @Test
  void theBridgeTellsItsGatewayBeforeItExists() throws IOException {
    JsonObject pool =
        api.get("/networks/bridge")
            .object()
            .getAsJsonObject("IPAM")
            .getAsJsonArray("Config")
            .get(0)
            .getAsJsonObject();
    assertEquals("10.213.0.0/24", pool.get("Subnet").getAsString());
    assertEquals("10.213.0.1", pool.get("Gateway").getAsString());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /networks/nope, 404, network nope not found",
    "DELETE, /networks/nope, 404, network nope not found",
    "DELETE, /networks/bridge, 403, bridge is a pre-defined network and cannot be removed",
    "DELETE, /networks/host, 403, host is a pre-defined network and cannot be removed",
  })
  void refusals(String method, String path, int status, String message) throws IOException {
    Answer answer = api.call(method, path, "", "");
    assertEquals(status, answer.status());
    assertEquals(message, answer.message());
  }

  @Test
  void connectingNobodyIsNotFound() throws IOException {
    Answer answer = api.post("/networks/bridge/connect", "{\"Container\":\"nope\"}");
    assertEquals(404, answer.status());
    assertEquals("No such container: nope", answer.message());
  }

  @Test
  void aNameThatIsTakenIsAConflict() throws IOException {
    Answer answer = api.post("/networks/create", "{\"Name\":\"own\"}");
    assertEquals(409, answer.status());
    assertEquals("network with name own already exists", answer.message());
  }

  @Test
  void pruneTakesWhatTheFiltersLeave() throws IOException {
    // Each leaves all: the removal of a network is for a test that may touch bridges.
    for (String filter : List.of("\"label\":[\"c\"]", "\"label!\":[\"a\"]", "\"until\":[\"1\"]")) {
      Answer answer =
          api.post("/networks/prune?filters=" + ApiFixture.encode("{" + filter + "}"), "");
      assertEquals("{\"NetworksDeleted\":null}\n", answer.body());
    }
    assertEquals(4, api.get("/networks").array().size());
    assertEquals(
        "Invalid filter 'name'",
        api.post("/networks/prune?filters=" + ApiFixture.encode("{\"name\":[\"a\"]}"), "")
            .message());
  }
}
