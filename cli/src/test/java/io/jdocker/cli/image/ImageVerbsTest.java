package io.jdocker.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageVerbsTest {
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

  @Test
  void oneLineATagInTheEnginesOrder() {
    long now = Instant.now().getEpochSecond();
    engine.answer(
        "GET /images/json",
        "[{\"Id\":\"sha256:aaaaaaaaaaaaaaaa\",\"RepoTags\":[\"bb:1\",\"h:5/x:2\"],\"RepoDigests\":"
            + "[\"bb@sha256:dd\"],\"Created\":"
            + (now - 120)
            + ",\"Size\":1982464},{\"Id\":\"sha256:bbbbbbbbbbbbbbbb\",\"RepoTags\":[],\"Created\":"
            + (now - 60)
            + ",\"Size\":5}]");
    assertEquals(
        """
        REPOSITORY   TAG       IMAGE ID       CREATED              SIZE
        bb           1         aaaaaaaaaaaa   2 minutes ago        1.98MB
        h:5/x        2         aaaaaaaaaaaa   2 minutes ago        1.98MB
        <none>       <none>    bbbbbbbbbbbb   About a minute ago   5B
        """,
        Typed.at(engine, "images").out());
    assertEquals(
        "bb sha256:dd\nh:5/x <none>\n<none> <none>\n",
        Typed.at(engine, "images", "--format", "{{.Repository}} {{.Digest}}").out());
    assertEquals(
        "sha256:aaaaaaaaaaaaaaaa\nsha256:aaaaaaaaaaaaaaaa\nsha256:bbbbbbbbbbbbbbbb\n",
        Typed.at(engine, "images", "-q", "--no-trunc").out());
  }

  @Test
  void anArgumentIsAFilter() {
    engine.answer("GET /images/json", "[]");
    Typed.at(engine, "image", "ls", "-a", "b*");
    assertEquals(
        "GET /images/json?all=1&filters=%7B%22reference%22%3A%7B%22b%2A%22%3Atrue%7D%7D",
        engine.lines().get(0));
  }

  @Test
  void importSendsTheTarAndPrintsTheId() {
    engine.answer("POST /images/create", "{\"status\":\"sha256:ab\"}\r\n");
    assertEquals(
        new Typed(0, "sha256:ab\n", ""),
        Typed.withInput(engine, "tar", "import", "-c", "CMD x", "-c", "ENV A=1", "-", "bb:1"));
    assertEquals(
        "POST /images/create?fromSrc=-&repo=bb%3A1&changes=CMD%20x&changes=ENV%20A%3D1",
        engine.lines().get(0));
    assertEquals("tar", engine.body("POST /images/create"));
  }

  @Test
  void anErrorInTheMiddleEndsTheImport() {
    engine.answer("POST /images/create", "{\"status\":\"a\"}{\"error\":\"unexpected EOF\"}");
    assertEquals(
        new Typed(1, "", "unexpected EOF\n"), Typed.withInput(engine, "tar", "import", "-"));
  }

  @Test
  void aFileThatIsNotThere() {
    assertEquals(
        new Typed(1, "", "open /nope.tar: no such file or directory\n"),
        Typed.at(engine, "import", "/nope.tar"));
    assertEquals(
        new Typed(1, "", "open /nope.tar: no such file or directory\n"),
        Typed.at(engine, "load", "-i", "/nope.tar"));
  }

  @Test
  void loadPrintsTheStream() throws IOException {
    Path archive = Files.writeString(directory.resolve("a.tar"), "archive");
    engine.answer("POST /images/load", "{\"stream\":\"Loaded image: bb:1\\n\"}\r\n");
    assertEquals(
        new Typed(0, "Loaded image: bb:1\n", ""),
        Typed.at(engine, "load", "-i", archive.toString()));
    assertEquals("archive", engine.body("POST /images/load"));
  }

  @Test
  void saveWritesAWholeFileOrNone() throws IOException {
    Path file = directory.resolve("out.tar");
    engine.answer("GET /images/get", "content");
    assertEquals(0, Typed.at(engine, "save", "-o", file.toString(), "a", "b:2").code());
    assertEquals("content", Files.readString(file));
    assertEquals("GET /images/get?names=a&names=b%3A2", engine.lines().get(0));
    assertEquals("content", Typed.at(engine, "save", "a").out());

    Path broken = directory.resolve("broken.tar");
    engine.script(
        "GET /images/get",
        (in, out) -> {
          FakeEngine.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf");
          throw new IOException("hang up");
        });
    assertEquals(1, Typed.at(engine, "save", "-o", broken.toString(), "a").code());
    assertFalse(Files.exists(broken));
    try (var left = Files.list(directory)) {
      assertTrue(left.noneMatch(path -> path.toString().contains(".jdocker_save")));
    }
  }

  @Test
  void rmiTellsWhatItDid() {
    engine.answer("DELETE /images/bb:1", "[{\"Untagged\":\"bb:1\"},{\"Deleted\":\"sha256:a\"}]");
    assertEquals(
        new Typed(0, "Untagged: bb:1\nDeleted: sha256:a\n", ""),
        Typed.at(engine, "rmi", "-f", "bb:1"));
    assertEquals("DELETE /images/bb:1?force=1", engine.lines().get(0));
  }

  @Test
  void historyShortensCommands() {
    long now = Instant.now().getEpochSecond();
    engine.answer(
        "GET /images/x/history",
        "[{\"Id\":\"<missing>\",\"Created\":"
            + (now - 120)
            + ",\"CreatedBy\":\"/bin/sh -c something that is much longer than a table\","
            + "\"Size\":0,\"Comment\":\"c\"}]");
    assertEquals(
        """
        IMAGE       CREATED         CREATED BY                                      SIZE      COMMENT
        <missing>   2 minutes ago   /bin/sh -c something that is much longer tha…   0B        c
        """,
        Typed.at(engine, "history", "x").out());
  }

  @ParameterizedTest
  @CsvSource({
    "bb, bb, latest, bb:latest",
    "bb:1, bb, 1, bb:1",
    "h:5000/a/b, h:5000/a/b, latest, h:5000/a/b:latest",
    "docker.io/library/bb:1, docker.io/library/bb, 1, bb:1",
    "docker.io/u/bb, docker.io/u/bb, latest, u/bb:latest",
    "bb@sha256:ab, bb, sha256:ab, bb@sha256:ab"
  })
  void namesHaveParts(String name, String repository, String tag, String familiar) {
    ImageName.check(name);
    assertEquals(repository, ImageName.repository(name));
    assertEquals(tag, ImageName.tagOrDigest(name));
    assertEquals(familiar, ImageName.familiar(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", ":1", "a:", "a//b", "-a", "a:b c", "h:5000/", "a_/b"})
  void otherNamesAreRefused(String name) {
    CommandFailure e = assertThrows(CommandFailure.class, () -> ImageName.check(name));
    assertEquals("invalid reference format", e.getMessage());
  }
}
