package io.jdocker.daemon.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeEndpointsTest {
  @TempDir Path folder;
  private ApiFixture api;

  @BeforeEach
  void open() throws IOException {
    api = ApiFixture.open(folder);
  }

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private List<String> names(Answer answer) {
    return answer.object().getAsJsonArray("Volumes").asList().stream()
        .map(volume -> volume.getAsJsonObject().get("Name").getAsString())
        .sorted()
        .toList();
  }

  private Answer create(String name, String labels) throws IOException {
    return api.post("/volumes/create", "{\"Name\":\"" + name + "\",\"Labels\":{" + labels + "}}");
  }

  @Test
  void theDocumentHasDockersKeys() throws IOException {
    Answer answer = create("v1", "\"a\":\"b\"");
    assertEquals(201, answer.status());
    JsonObject volume = answer.object();
    assertEquals(
        Set.of("CreatedAt", "Driver", "Labels", "Mountpoint", "Name", "Options", "Scope"),
        volume.keySet());
    assertEquals("local", volume.get("Driver").getAsString());
    assertEquals("local", volume.get("Scope").getAsString());
    assertTrue(volume.get("Options").isJsonNull());
    assertEquals("{\"a\":\"b\"}", volume.get("Labels").toString());
    assertTrue(Files.isDirectory(Path.of(volume.get("Mountpoint").getAsString())));
    assertEquals(volume, api.get("/volumes/v1").object());
  }

  @Test
  void creatingItAgainIsTheSameVolume() throws IOException {
    JsonObject first = create("v1", "").object();
    Answer again = create("v1", "\"x\":\"y\"");
    assertEquals(201, again.status());
    assertEquals(first, again.object());
  }

  @Test
  void withoutANameItIsAnonymous() throws IOException {
    for (String body : List.of("", "{}", "{\"Name\":null,\"DriverOpts\":null}")) {
      String name = api.post("/volumes/create", body).object().get("Name").getAsString();
      assertTrue(name.matches("[0-9a-f]{64}"), name);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"Name\":\"a b\"}|400|create a b: \"a b\" includes invalid characters for a local volume"
            + " name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed",
        "{\"Driver\":\"nfs\"}|404|create : error looking up volume plugin nfs: plugin \"nfs\" not found",
        "{\"Name\":\"vol\",\"DriverOpts\":{\"type\":\"tmpfs\"}}|400|create vol: missing required option: \"device\"",
        "{\"Name\":\"vol\",\"DriverOpts\":{\"device\":\"tmpfs\"}}|400|create vol: missing required option: \"type\"",
        "{\"Name\":\"vol\",\"DriverOpts\":{\"size\":\"1m\"}}|400|create vol: quota size requested but no quota support",
        "{\"Name\":\"vol\",\"DriverOpts\":{\"foo\":\"1\"}}|400|create vol: invalid option: \"foo\"",
        "{\"ClusterVolumeSpec\":{}}|501|cluster volumes are not supported by this version of"
            + " jdocker",
        "{|400|invalid JSON",
      })
  void refusals(String body, int status, String message) throws IOException {
    Answer answer = api.post("/volumes/create", body);
    assertEquals(status, answer.status());
    assertTrue(answer.message().startsWith(message), answer.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|data db web",
        "{\"name\":[\"d\"]}|data db",
        "{\"name\":[\"db\",\"web\"]}|db web",
        "{\"name\":[\"^d.$\"]}|db",
        "{\"driver\":[\"local\"]}|data db web",
        "{\"driver\":[\"nfs\"]}|``",
        "{\"driver\":[\"nfs\",\"local\"]}|data db web",
        "{\"label\":[\"a\"]}|data db",
        "{\"label\":[\"a=1\"]}|data",
        "{\"label\":[\"a\",\"b\"]}|db",
        "{\"label\":{\"a=2\":true,\"b\":true}}|db",
        "{\"dangling\":[\"1\"]}|data db",
        "{\"dangling\":[\"false\"]}|web",
        "{\"dangling\":[\"true\"],\"name\":[\"db\"]}|db",
      })
  void filters(String filters, String expected) throws IOException {
    create("data", "\"a\":\"1\"");
    create("db", "\"a\":\"2\",\"b\":\"\"");
    create("web", "");
    api.image("bb", "CMD true");
    // A volume with something in it is not filled from the image, which takes a mount.
    Path web = Path.of(api.get("/volumes/web").object().get("Mountpoint").getAsString());
    Files.createFile(web.resolve("index.html"));
    api.container("c1", "{\"Image\":\"bb\",\"HostConfig\":{\"Binds\":[\"web:/www\"]}}");
    assertEquals(expected, String.join(" ", names(api.filtered("/volumes", filters))));
  }

  @Test
  void anUnknownFilterIsNamed() throws IOException {
    Answer answer = api.filtered("/volumes", "{\"foo\":[\"x\"]}");
    assertEquals(400, answer.status());
    assertEquals("Invalid filter 'foo'", answer.message());
  }

  @Test
  void removal() throws IOException {
    create("v1", "");
    assertEquals(204, api.delete("/volumes/v1").status());
    Answer gone = api.delete("/volumes/v1");
    assertEquals(404, gone.status());
    assertEquals("get v1: no such volume", gone.message());
    assertEquals(204, api.delete("/volumes/v1?force=1").status());
    assertEquals("get v1: no such volume", api.get("/volumes/v1").message());
  }

  @Test
  void pruneTakesNamedOnesOnRequestAlone() throws IOException {
    create("named", "\"keep\":\"1\"");
    String anonymous = create("", "").object().get("Name").getAsString();
    JsonObject pruned = api.post("/volumes/prune", "").object();
    assertEquals("[\"" + anonymous + "\"]", pruned.get("VolumesDeleted").toString());
    assertEquals(0, pruned.get("SpaceReclaimed").getAsLong());
    assertTrue(api.post("/volumes/prune", "").object().get("VolumesDeleted").isJsonNull());
    String keep = ApiFixture.encode("{\"all\":[\"1\"],\"label!\":[\"keep\"]}");
    assertTrue(
        api.post("/volumes/prune?filters=" + keep, "").object().get("VolumesDeleted").isJsonNull());
    String all = ApiFixture.encode("{\"all\":{\"1\":true}}");
    assertEquals(
        "[\"named\"]",
        api.post("/volumes/prune?filters=" + all, "").object().get("VolumesDeleted").toString());
  }

  @Test
  void oldClientsPruneNamedOnesToo() throws IOException {
    create("named", "");
    assertEquals(
        "[\"named\"]",
        api.post("/v1.41/volumes/prune", "").object().get("VolumesDeleted").toString());
  }
}
