package io.jdocker.cli.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** {@code volume create}, {@code ls} and {@code rm}. */
class VolumeVerbsTest {
  @TempDir Path folder;
  private FakeEngine engine;

  @BeforeEach
  void begin() throws IOException {
    engine = FakeEngine.listen(folder);
  }

  @AfterEach
  void end() throws IOException {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          volume create                       | {Driver:local}
          volume create v                     | {Name:v,Driver:local}
          volume create --name v              | {Name:v,Driver:local}
          volume create -d nfs v              | {Name:v,Driver:nfs}
          volume create -o type=tmpfs -o o=size=1m v | {Name:v,Driver:local,DriverOpts:{type:tmpfs,o:size=1m}}
          volume create --label a=b --label c v      | {Name:v,Driver:local,Labels:{a:b,c:}}
          """)
  void create(String words, String document) {
    engine.answer("POST /volumes/create", 201, "{\"Name\":\"made\"}");
    assertEquals(new Typed(0, "made\n", ""), Typed.at(engine, words.split(" ", -1)));
    assertEquals(document, engine.body("POST /volumes/create").replace("\"", ""));
  }

  @Test
  void twoNamesAreOneTooMany() {
    Typed typed = Typed.at(engine, "volume", "create", "--name", "a", "b");
    assertEquals(
        "conflicting options: cannot specify a volume-name through both --name and as a"
            + " positional arg",
        typed.err().strip());
    assertEquals(1, typed.code());
    assertEquals(List.of(), engine.lines());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          volume ls -q                        | v1,v2,v10
          volume list -q                      | v1,v2,v10
          volume ls                           | DRIVER    VOLUME NAME,local     v1,nfs       v2,local     v10
          volume ls --format {{.Name}}:{{.Driver}} | v1:local,v2:nfs,v10:local
          volume ls --format {{.Labels}}      | '',a=b,''
          volume ls --format {{.Scope}}{{.Mountpoint}}{{.Size}} | local/mN/A,/mN/A,/mN/A
          """)
  void list(String words, String expected) {
    engine.answer(
        "GET /volumes",
        """
        {"Volumes":[{"Name":"v10","Driver":"local","Mountpoint":"/m"},
         {"Name":"v2","Driver":"nfs","Mountpoint":"/m","Labels":{"a":"b"}},
         {"Name":"v1","Driver":"local","Scope":"local","Mountpoint":"/m","Labels":null}]}
        """);
    Typed typed = Typed.at(engine, words.split(" ", -1));
    assertEquals(
        expected.replace("'", ""), String.join(",", typed.out().lines().toList()), typed.err());
  }

  @Test
  void noneIsAnEmptyList() {
    engine.answer("GET /volumes", "{\"Volumes\":null,\"Warnings\":null}");
    assertEquals(new Typed(0, "DRIVER    VOLUME NAME\n", ""), Typed.at(engine, "volume", "ls"));
    assertEquals(new Typed(0, "", ""), Typed.at(engine, "volume", "ls", "-q"));
  }

  @Test
  void filtersAreTheEnginesToJudge() {
    engine.answer("GET /volumes", "{}");
    Typed.at(engine, "volume", "ls", "-f", "dangling=true", "-f", "label=a=b");
    assertEquals(
        List.of(
            "GET /volumes?filters=%7B%22dangling%22%3A%7B%22true%22%3Atrue%7D%2C%22label%22%3A%7B%22a%3Db%22%3Atrue%7D%7D"),
        engine.lines());
  }

  @Test
  void removeGoesOnAfterARefusal() {
    engine
        .answer("DELETE /volumes/a", 204, "")
        .refuse("DELETE /volumes/b", 409, "volume is in use")
        .answer("DELETE /volumes/c", 204, "");
    Typed typed = Typed.at(engine, "volume", "rm", "a", "b", "c");
    assertEquals(new Typed(1, "a\nc\n", "Error response from daemon: volume is in use\n"), typed);
  }

  @Test
  void forceIsHandedOnAndNamesAreEncoded() {
    engine.answer("DELETE /volumes/", 204, "");
    Typed.at(engine, "volume", "remove", "-f", "a b");
    assertEquals(List.of("DELETE /volumes/a%20b?force=1"), engine.lines());
  }
}
