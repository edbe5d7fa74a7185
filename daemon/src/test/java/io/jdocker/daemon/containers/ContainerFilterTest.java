package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three containers, oldest first: {@code web} on a network of its own with ports and mounts, {@code
 * db} that has failed with 137, and {@code db2} that has ended well.
 */
class ContainerFilterTest {
  @TempDir static Path folder;
  private static ApiFixture api;
  private static String db;

  @BeforeAll
  static void open() throws IOException {
    api = ApiFixture.open(folder);
    api.image("bb:latest", "CMD true");
    api.image("other:1", "CMD false");
    api.post("/volumes/create", "{\"Name\":\"data\"}");
    Path data = Path.of(api.get("/volumes/data").object().get("Mountpoint").getAsString());
    // A volume with something in it is not filled from the image, which takes a mount.
    Files.createFile(data.resolve("file"));
    api.container(
        "web",
        """
        {"Image":"bb","Labels":{"a":"1","b":"x"},"ExposedPorts":{"80/tcp":{},"53/udp":{}},
         "HostConfig":{"NetworkMode":"own","Binds":["data:/srv","/tmp:/host"],
          "PortBindings":{"80/tcp":[{"HostPort":"8080"}]}}}""");
    db = api.container("db", "{\"Image\":\"bb\",\"Labels\":{\"a\":\"2\"}}");
    String db2 = api.container("db2", "{\"Image\":\"other:1\"}");
    api.become(
        db, Map.of("status", "EXITED", "exitCode", 137, "finishedAt", "2026-01-01T00:00:00Z"));
    api.become(
        db2, Map.of("status", "EXITED", "exitCode", 0, "finishedAt", "2026-01-01T00:00:00Z"));
  }

  @AfterAll
  static void close() throws IOException {
    api.close();
  }

  private static String names(Answer answer) {
    assertEquals(200, answer.status(), answer.body());
    return String.join(
        " ",
        answer.array().asList().stream()
            .map(c -> c.getAsJsonObject().getAsJsonArray("Names").get(0).getAsString().substring(1))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|db2 db web",
        "{\"name\":[\"db\"]}|db2 db",
        "{\"name\":[\"^/db$\"]}|db",
        "{\"name\":[\"^db$\"]}|db",
        "{\"name\":[\"^db$\",\"web\"]}|db web",
        "{\"label\":[\"a\"]}|db web",
        "{\"label\":[\"a=2\"]}|db",
        "{\"label\":[\"a\",\"b=x\"]}|web",
        "{\"label\":{\"a\":true,\"b\":true}}|web",
        "{\"label\":[\"a\"],\"name\":[\"db\"]}|db",
        "{\"status\":[\"created\"]}|web",
        "{\"status\":[\"exited\"]}|db2 db",
        "{\"status\":[\"exited\",\"created\"]}|db2 db web",
        "{\"status\":[\"running\"]}|``",
        "{\"exited\":[\"137\"]}|db",
        "{\"exited\":[\"0\"]}|db2",
        "{\"exited\":[\"0\",\"137\"]}|db2 db",
        "{\"ancestor\":[\"bb\"]}|db web",
        "{\"ancestor\":[\"bb:latest\"]}|db web",
        "{\"ancestor\":[\"other:1\",\"bb\"]}|db2 db web",
        "{\"ancestor\":[\"other\"]}|``",
        "{\"network\":[\"own\"]}|web",
        "{\"network\":[\"c0dec0de\"]}|web",
        "{\"network\":[\"bridge\"]}|db2 db",
        "{\"volume\":[\"data\"]}|web",
        "{\"volume\":[\"/host\"]}|web",
        "{\"volume\":[\"/tmp\"]}|web",
        "{\"volume\":[\"x\"]}|``",
        "{\"publish\":[\"80\"]}|web",
        "{\"publish\":[\"80/tcp\"]}|web",
        "{\"publish\":[\"80/udp\"]}|``",
        "{\"publish\":[\"53/udp\"]}|``",
        "{\"expose\":[\"53/udp\"]}|web",
        "{\"expose\":[\"80\"]}|web",
        "{\"health\":[\"none\"]}|db2 db web",
        "{\"health\":[\"healthy\"]}|``",
        "{\"is-task\":[\"false\"]}|db2 db web",
        "{\"is-task\":[\"true\"]}|``",
        "{\"isolation\":[\"default\"]}|db2 db web",
        "{\"before\":[\"db\"]}|web",
        "{\"since\":[\"db\"]}|db2",
        "{\"since\":[\"web\"],\"before\":[\"db2\"]}|db",
      })
  void everyKey(String filters, String expected) throws IOException {
    assertEquals(expected, names(api.filtered("/containers/json?all=1", filters)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "?filters=|``",
        "?all=0|``",
        "?all=1|db2 db web",
        "?all=True|db2 db web",
        "?limit=2|db2 db",
        "?limit=-1|``",
        "?limit=-1&all=1|db2 db web",
      })
  void withoutAllOnlyWhatRuns(String query, String expected) throws IOException {
    assertEquals(expected, names(api.get("/containers/json" + query)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"status\":[\"exited\"]}|db2 db",
        "{\"exited\":[\"137\"]}|db",
        "{\"before\":[\"db\"]}|web",
        "{\"name\":[\"db\"]}|``",
      })
  void aFilterByStateImpliesAll(String filters, String expected) throws IOException {
    assertEquals(expected, names(api.filtered("/containers/json", filters)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"foo\":[\"a\"]}|400|Invalid filter 'foo'",
        "{\"status\":[\"bogus\"]}|400|Invalid filter 'status=bogus'",
        "{\"exited\":[\"x\"]}|400|Invalid filter 'exited=x'",
        "{\"exited\":[\"x\"],\"name\":[\"nobody\"]}|400|Invalid filter 'exited=x'",
        "{\"exited\":[\"1000\"],\"name\":[\"nobody\"]}|400|Invalid filter 'exited=1000'",
        "{\"health\":[\"fine\"],\"name\":[\"nobody\"]}|400|Invalid filter 'health=fine'",
        "{\"name\":[\"(\"]}|400|Invalid filter 'name=(': Unclosed group",
        "{\"since\":[\"nope\"]}|404|No such container: nope",
        "{|400|invalid filters \"{\": not a JSON object",
      })
  void wrongOnes(String filters, int status, String message) throws IOException {
    Answer answer = api.filtered("/containers/json", filters);
    assertEquals(status, answer.status());
    assertEquals(message, answer.message());
  }

  @Test
  void idsByTheirBeginning() throws IOException {
    for (String id : List.of(db, db.substring(0, 12))) {
      assertEquals(
          "db", names(api.filtered("/containers/json?all=1", "{\"id\":[\"" + id + "\"]}")));
    }
  }
}
