package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.daemon.ApiFixture;
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

/** Namespaces, mounts and logs of a create request, as inspect gives them back. */
class HostConfigShownTest {
  @TempDir Path folder;
  private ApiFixture api;

  @BeforeEach
  void open() throws IOException {
    api = ApiFixture.open(folder);
    api.image("bb", "CMD sleep 1");
  }

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private JsonObject inspect(String id) throws IOException {
    return api.get("/containers/" + id + "/json").object();
  }

  /** What was asked for is shown under the same keys, however it was asked for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/tmp\",\"Target\":\"/a\",\"ReadOnly\":true,"
            + "\"BindOptions\":{\"Propagation\":\"rprivate\",\"ReadOnlyForceRecursive\":true}}]",
        "\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/tmp\",\"Target\":\"/a\","
            + "\"BindOptions\":{\"NonRecursive\":true}}]",
        "\"Mounts\":[{\"Type\":\"volume\",\"Source\":\"vol\",\"Target\":\"/a\",\"VolumeOptions\":"
            + "{\"NoCopy\":true,\"Labels\":{\"k\":\"1\"},\"DriverConfig\":{\"Name\":\"local\"}}}]",
        "\"Mounts\":[{\"Type\":\"tmpfs\",\"Target\":\"/a\","
            + "\"TmpfsOptions\":{\"SizeBytes\":65536,\"Mode\":448}}]",
        "\"Binds\":[\"vol:/a:nocopy\",\"/tmp:/b:ro,z\"]",
        "\"Tmpfs\":{\"/a\":\"size=1m,ro\"}",
        "\"LogConfig\":{\"Type\":\"local\",\"Config\":{\"max-size\":\"1m\"}}",
        "\"LogConfig\":{\"Type\":\"none\",\"Config\":{}}",
        "\"PidMode\":\"host\"",
        "\"IpcMode\":\"shareable\"",
        "\"IpcMode\":\"none\"",
        "\"UTSMode\":\"host\"",
        "\"CgroupnsMode\":\"private\"",
        "\"CgroupnsMode\":\"host\"",
        "\"UsernsMode\":\"host\"",
        "\"IDMappings\":{\"UidMap\":[\"0:100000:10\"],\"GidMap\":[\"0:200000:10\"]}",
        "\"TimeOffsets\":{\"monotonic\":\"3600.5\",\"boottime\":\"-1\"}",
      })
  void whatWasAskedForIsShown(String hostConfig) throws IOException {
    JsonObject sent = JsonParser.parseString("{" + hostConfig + "}").getAsJsonObject();
    JsonObject shown =
        inspect(api.container("web", "{\"Image\":\"bb\",\"HostConfig\":" + sent + "}"))
            .getAsJsonObject("HostConfig");
    sent.entrySet().forEach(entry -> assertEquals(entry.getValue(), shown.get(entry.getKey())));
  }

  @Test
  void anotherContainerIsShownByItsId() throws IOException {
    String first = api.container("first", "{\"Image\":\"bb\"}");
    JsonObject host =
        inspect(
                api.container(
                    "second",
                    "{\"Image\":\"bb\",\"HostConfig\":{\"PidMode\":\"container:first\","
                        + "\"IpcMode\":\"container:first\",\"NetworkMode\":\"container:first\","
                        + "\"VolumesFrom\":[\"first:ro\"]}}"))
            .getAsJsonObject("HostConfig");
    for (String key : List.of("PidMode", "IpcMode", "NetworkMode")) {
      assertEquals("container:" + first, host.get(key).getAsString(), key);
    }
    assertEquals("[\"first:ro\"]", host.get("VolumesFrom").toString());
  }

  @ParameterizedTest
  @CsvSource({"json-file, true", "local, false", "none, false"})
  void onlyTheJsonFileIsForOthersToRead(String driver, boolean shown) throws IOException {
    String path =
        inspect(
                api.container(
                    "web",
                    "{\"Image\":\"bb\",\"HostConfig\":{\"LogConfig\":{\"Type\":\""
                        + driver
                        + "\"}}}"))
            .get("LogPath")
            .getAsString();
    assertEquals(shown, path.endsWith("-json.log"), path);
    assertEquals(shown, !path.isEmpty());
  }
}
