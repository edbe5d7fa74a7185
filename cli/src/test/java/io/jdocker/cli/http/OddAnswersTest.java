package io.jdocker.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers as a proxy, an older engine or a broken one gives them, seen at the command: what is odd
 * but right is read, and what is wrong is one line and an exit code.
 */
class OddAnswersTest {
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

  /** What {@code volume inspect} prints of an answer in which ~ is the end of a line. */
  private Typed inspect(String answer) {
    engine.script(
        "GET /volumes/v", (in, out) -> FakeEngine.write(out, answer.replace("~", "\r\n")));
    return Typed.at(engine, "volume", "inspect", "-f", "{{.Name}}", "v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK~Content-Length: 12~~{'Name':'v'}",
        "HTTP/1.1 200~Content-Length: 12~~{'Name':'v'}",
        "HTTP/1.0 200 OK~Content-Length: 12~~{'Name':'v'}",
        "HTTP/1.1 200 All Right~CONTENT-LENGTH:12~~{'Name':'v'}",
        "HTTP/1.1 200 OK~content-length:   12   ~~{'Name':'v'}",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~c~{'Name':'v'}~0~~",
        "HTTP/1.1 200 OK~Transfer-Encoding: Chunked~~C~{'Name':'v'}~0~~",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~1~{~b~'Name':'v'}~0~~",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~c;a=b~{'Name':'v'}~0;c~X: y~~",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~000c~{'Name':'v'}~000~~",
        // Announcements before the answer.
        "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Content-Length: 12~~{'Name':'v'}",
        "HTTP/1.1 102 Processing~~HTTP/1.1 103 Early Hints~Link: x~~HTTP/1.1 200"
            + " OK~Content-Length: 12~~{'Name':'v'}",
        // White space and members that nobody asked for.
        "HTTP/1.1 200 OK~Content-Length: 27~~ { 'Odd': [] , 'Name':'v' }",
        "HTTP/1.1 201 Created~Content-Length: 12~~{'Name':'v'}",
      })
  void whatIsRightIsRead(String answer) {
    assertEquals(new Typed(0, "v\n", ""), inspect(answer.replace('\'', '"')));
  }

  @Test
  void anAnswerWithoutLengthEndsWithTheConnection() {
    engine.script(
        "GET /volumes/v",
        (in, out) -> {
          FakeEngine.write(out, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"Name\":\"v\"}");
          throw new IOException("closed");
        });
    assertEquals(
        new Typed(0, "v\n", ""), Typed.at(engine, "volume", "inspect", "-f", "{{.Name}}", "v"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "~",
        "garbage~~",
        "HTTP/1.1~~",
        "HTTP/1.1 abc OK~~",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK~Content-Length: 12~",
        "HTTP/1.1 200 OK~Content-Length: 12~~{'Na",
        "HTTP/1.1 200 OK~Content-Length: many~~{'Name':'v'}",
        "HTTP/1.1 200 OK~Content-Length: -1~~{'Name':'v'}",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~{'Name':'v'}~0~~",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~c~{'Name':",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~c~{'Name':'v'}",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~b~{'Name':'v'}~0~~",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-1~~",
        "HTTP/1.1 200 OK~Content-Length: 9~~{'Name':[",
      })
  void whatIsWrongIsOneLine(String answer) {
    engine.script(
        "GET /volumes/v",
        (in, out) -> {
          FakeEngine.write(out, answer.replace("~", "\r\n").replace('\'', '"'));
          throw new IOException("cut");
        });
    Typed typed = Typed.at(engine, "volume", "inspect", "v");
    assertEquals(1, typed.code(), typed.toString());
    assertEquals(1, typed.err().lines().count(), typed.err());
    assertFalse(typed.err().contains("Exception"), typed.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          404 | {"message":"No such volume"}       | Error response from daemon: No such volume
          500 | {"message":"  padded\\n"}           | Error response from daemon: padded
          409 | plain words                        | Error response from daemon: plain words
          500 | {"other":"x"}                      | Error response from daemon: {"other":"x"}
          500 | []                                 | Error response from daemon: []
          502 | ``                                 | Error response from daemon: request returned HTTP status 502
          400 | {"message":null}                   | Error response from daemon: {"message":null}
          400 | {"message":{"a":1}}                | Error response from daemon: {"message":{"a":1}}
          403 | {"message":"<b>&"}                 | Error response from daemon: <b>&
          """)
  void aRefusalIsTheEnginesWords(int status, String body, String said) {
    engine.answer("POST /volumes/create", status, body == null ? "" : body);
    assertEquals(new Typed(1, "", said + "\n"), Typed.at(engine, "volume", "create", "v"));
  }

  @Test
  void anEngineThatGoesAwayWhileItIsWaitedForIsTold() {
    engine.script(
        "POST /containers/c/wait",
        (in, out) -> {
          FakeEngine.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          throw new IOException("gone");
        });
    Typed typed = Typed.at(engine, "wait", "c");
    assertTrue(typed.code() == 125 || typed.code() == 1, typed.toString());
    assertEquals(1, typed.err().lines().count(), typed.err());
  }

  @Test
  void theNextRequestTakesAnotherConnectionWhenOneWasClosed() {
    engine.script(
        "DELETE /volumes/",
        (in, out) -> FakeEngine.write(out, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
    assertEquals(new Typed(0, "a\nb\nc\n", ""), Typed.at(engine, "volume", "rm", "a", "b", "c"));
    assertEquals(
        List.of("DELETE /volumes/a", "DELETE /volumes/b", "DELETE /volumes/c"), engine.lines());
  }

  @Test
  void anIdleConnectionThatTheEngineClosedIsNotTheEnd() {
    engine.script(
        "GET /volumes/",
        (in, out) -> {
          FakeEngine.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"Name\":\"v\"}");
          throw new IOException("closed without a word");
        });
    assertEquals(
        new Typed(0, "v\nv\n", ""),
        Typed.at(engine, "volume", "inspect", "-f", "{{.Name}}", "a", "b"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.51, /v1.51/volumes",
    "1.60, /v1.51/volumes",
    "1.44, /v1.44/volumes",
    "1.24, /v1.24/volumes"
  })
  void theNewestVersionThatBothSpeakIsSpoken(String announced, String path) {
    engine.announce(announced).answer("GET /volumes", "{}");
    Typed typed = Typed.at(engine, "volume", "ls", "-q");
    assertEquals(0, typed.code(), typed.err());
    assertTrue(engine.rawLines().contains("GET " + path + " HTTP/1.1"), "" + engine.rawLines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1", "1.x", "v1.51", "-1.2"})
  void aVersionThatIsNoneIsOneLine(String announced) {
    engine.announce(announced).answer("GET /volumes", "{}");
    Typed typed = Typed.at(engine, "volume", "ls");
    assertFalse(typed.err().contains("Exception"), typed.err());
    assertTrue(typed.err().lines().count() <= 1, typed.err());
  }
}
