package io.jdocker.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.jdocker.cli.FakeEngine;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiClientTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private ApiClient connect() throws IOException {
    return ApiClient.connect(new Endpoint(engine.url()));
  }

  @ParameterizedTest
  @CsvSource({"1.51, 1.51", "1.60, 1.51", "1.41, 1.41", "1.24, 1.24"})
  void speaksTheNewestVersionBothKnow(String announced, String spoken) throws IOException {
    engine.announce(announced);
    assertEquals(spoken, connect().apiVersion());
  }

  @Test
  void anEngineThatAnnouncesNothingSpeaks124() throws IOException {
    engine.answer("HEAD /_ping", 200, "");
    assertEquals("1.24", connect().apiVersion());
  }

  @Test
  void sendsAndReadsJson() throws IOException {
    engine.answer("POST /things", 201, "{\"Id\":\"ä\"}");
    JsonObject body = new JsonObject();
    body.addProperty("Name", "ü");
    assertEquals("{\"Id\":\"ä\"}", connect().post(Query.of("/things"), body).toString());
    assertEquals("{\"Name\":\"ü\"}", engine.body("POST /things"));
    assertEquals("application/json", engine.asked().get(0).head().get("content-type"));
  }

  @Test
  void anEmptyAnswerIsNull() throws IOException {
    engine.script("POST /x", (in, out) -> FakeEngine.write(out, "HTTP/1.1 204 No Content\r\n\r\n"));
    ApiClient api = connect();
    assertEquals(JsonNull.INSTANCE, api.post(Query.of("/x")));
    assertEquals(JsonNull.INSTANCE, api.post(Query.of("/x")));
    assertEquals(List.of("POST /x", "POST /x"), engine.lines());
  }

  @Test
  void readsChunks() throws IOException {
    engine.script(
        "GET /x",
        (in, out) ->
            FakeEngine.write(
                out,
                CHUNKED
                    + String.join("\r\n", "2", "[1", "3;ext=1", ",2]", "0", "Trailer: x", "", "")));
    ApiClient api = connect();
    assertEquals("[1,2]", api.get(Query.of("/x")).toString());
    assertEquals("[1,2]", api.get(Query.of("/x")).toString());
  }

  @Test
  void readsToTheEndWhereNoLengthIsGiven() throws IOException {
    engine.script(
        "GET /x",
        (in, out) -> {
          FakeEngine.write(out, "HTTP/1.1 200 OK\r\n\r\n[3]");
          throw new IOException("hang up");
        });
    ApiClient api = connect();
    assertEquals("[3]", api.get(Query.of("/x")).toString());
    assertEquals("[3]", api.get(Query.of("/x")).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"message":"No such thing"}  | No such thing
          plain words                  | plain words
          {"other":1}                  | {"other":1}
          """)
  void aRefusalCarriesTheEnginesWords(String body, String message) throws IOException {
    engine.answer("GET /x", 404, body);
    ApiClient api = connect();
    ApiException e = assertThrows(ApiException.class, () -> api.get(Query.of("/x")));
    assertEquals(message, e.getMessage());
    assertTrue(e.isNotFound());
  }

  @Test
  void uploadsInChunks() throws IOException {
    engine.answer("POST /load", "{}");
    try (Response response =
        connect()
            .upload(
                Query.of("/load"),
                "application/x-tar",
                out -> {
                  out.write("abc".getBytes(UTF_8));
                  out.write(new byte[0]);
                  out.write('d');
                })) {
      assertEquals("{}", response.text());
    }
    assertEquals("abcd", engine.body("POST /load"));
  }

  @Test
  void hijacksInBothDirections() throws IOException {
    engine.script(
        "POST /attach",
        (in, out) -> {
          FakeEngine.write(
              out, "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n>");
          out.write(in.readAllBytes()); // the answer comes after the client's end of input
        });
    try (Response response = connect().hijack(Query.of("/attach"), "")) {
      response.connection().out().write("typed".getBytes(UTF_8));
      response.connection().shutdownOutput();
      assertEquals(">typed", response.text());
    }
    assertEquals("tcp", engine.asked().get(0).head().get("upgrade"));
  }

  @Test
  void aLostConnectionIsAnError() throws IOException {
    engine.script(
        "GET /x",
        (in, out) -> {
          FakeEngine.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[");
          throw new IOException("hang up");
        });
    ApiClient api = connect();
    assertThrows(EOFException.class, () -> api.get(Query.of("/x")));
  }

  @ParameterizedTest
  @CsvSource({"SSH-2.0-x", "HTTP/2 200"})
  void somethingElseThanHttpIsAnError(String line) throws IOException {
    engine.script("GET /x", (in, out) -> FakeEngine.write(out, line + "\r\n\r\n"));
    ApiClient api = connect();
    IOException e = assertThrows(IOException.class, () -> api.get(Query.of("/x")));
    assertEquals("not an HTTP answer: " + line, e.getMessage());
  }

  @Test
  void aMalformedChunkIsAnError() throws IOException {
    engine.script("GET /x", (in, out) -> FakeEngine.write(out, CHUNKED + "zz\r\n[1]"));
    ApiClient api = connect();
    IOException e = assertThrows(IOException.class, () -> api.get(Query.of("/x")));
    assertEquals("malformed chunk size: zz", e.getMessage());
  }

  @Test
  void nobodyListens() {
    Endpoint endpoint = new Endpoint("unix://" + directory.resolve("none"));
    assertThrows(IOException.class, () -> ApiClient.connect(endpoint));
  }
}
