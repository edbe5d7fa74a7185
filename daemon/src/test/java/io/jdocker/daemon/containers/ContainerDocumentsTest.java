package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What inspect and ps show, with Docker's keys, types and zero values. */
class ContainerDocumentsTest {
  @TempDir Path folder;
  private ApiFixture api;
  private String image;

  @BeforeEach
  void open() throws IOException {
    api = ApiFixture.open(folder);
    image = api.image("bb", "CMD sleep 1", "ENV A=b", "LABEL from=image");
  }

  @AfterEach
  void close() throws IOException {
    api.close();
  }

  private JsonObject inspect(String id) throws IOException {
    return api.get("/containers/" + id + "/json").object();
  }

  private JsonObject item(String query) throws IOException {
    return api.get("/containers/json?all=1" + query).array().get(0).getAsJsonObject();
  }

  @Test
  void inspectHasDockersKeys() throws IOException {
    JsonObject document = inspect(api.container("web", "{\"Image\":\"bb\"}"));
    assertEquals(
        Set.of(
            "Id",
            "Created",
            "Path",
            "Args",
            "State",
            "Image",
            "ResolvConfPath",
            "HostnamePath",
            "HostsPath",
            "LogPath",
            "Name",
            "RestartCount",
            "Driver",
            "Platform",
            "MountLabel",
            "ProcessLabel",
            "AppArmorProfile",
            "ExecIDs",
            "HostConfig",
            "GraphDriver",
            "Mounts",
            "Config",
            "NetworkSettings"),
        document.keySet());
    assertEquals("/web", document.get("Name").getAsString());
    assertEquals(image, document.get("Image").getAsString());
    assertTrue(document.get("ExecIDs").isJsonNull());
    assertEquals("[]", document.get("Mounts").toString());
    assertEquals(
        "{\"Status\":\"created\",\"Running\":false,\"Paused\":false,\"Restarting\":false,"
            + "\"OOMKilled\":false,\"Dead\":false,\"Pid\":0,\"ExitCode\":0,\"Error\":\"\","
            + "\"StartedAt\":\"0001-01-01T00:00:00Z\",\"FinishedAt\":\"0001-01-01T00:00:00Z\"}",
        document.get("State").toString());
  }

  @Test
  void theCommandAndWhatTheImageGives() throws IOException {
    JsonObject document =
        inspect(api.container("web", "{\"Image\":\"bb\",\"Labels\":{\"own\":\"1\"}}"));
    assertEquals("/bin/sh", document.get("Path").getAsString());
    assertEquals("[\"-c\",\"sleep 1\"]", document.get("Args").toString());
    JsonObject config = document.getAsJsonObject("Config");
    assertTrue(config.get("Env").toString().contains("\"A=b\""));
    assertEquals("image", config.getAsJsonObject("Labels").get("from").getAsString());
    assertEquals("1", config.getAsJsonObject("Labels").get("own").getAsString());
    assertEquals("bb", config.get("Image").getAsString());
    assertEquals(
        document.get("Id").getAsString().substring(0, 12), config.get("Hostname").getAsString());
    assertTrue(config.get("Entrypoint").isJsonNull());
    assertTrue(config.get("Volumes").isJsonNull());
    assertTrue(config.get("OnBuild").isJsonNull());
    for (String absent : new String[] {"ExposedPorts", "Healthcheck", "StopTimeout", "Shell"}) {
      assertFalse(config.has(absent), absent);
    }
  }

  @Test
  void sizesAreThereOnRequestAlone() throws IOException {
    String id = api.container("web", "{\"Image\":\"bb\"}");
    assertFalse(inspect(id).has("SizeRw"));
    JsonObject sized = api.get("/containers/" + id + "/json?size=1").object();
    assertEquals(0, sized.get("SizeRw").getAsLong());
    assertEquals(0, sized.get("SizeRootFs").getAsLong());
    assertFalse(item("").has("SizeRw"));
    assertEquals(0, item("&size=1").get("SizeRw").getAsLong());
  }

  @Test
  void hostConfigsZeroValues() throws IOException {
    JsonObject host =
        inspect(api.container("web", "{\"Image\":\"bb\"}")).getAsJsonObject("HostConfig");
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("Binds", "null"),
            Map.entry("NetworkMode", "\"bridge\""),
            Map.entry("LogConfig", "{\"Type\":\"json-file\",\"Config\":{}}"),
            Map.entry("PortBindings", "{}"),
            Map.entry("RestartPolicy", "{\"Name\":\"no\",\"MaximumRetryCount\":0}"),
            Map.entry("AutoRemove", "false"),
            Map.entry("CapAdd", "null"),
            Map.entry("ConsoleSize", "[0,0]"),
            Map.entry("ShmSize", "67108864"),
            Map.entry("IpcMode", "\"private\""),
            Map.entry("CgroupnsMode", cgroupVersion2() ? "\"private\"" : "\"host\""),
            Map.entry("Memory", "0"),
            Map.entry("NanoCpus", "0"),
            Map.entry("PidsLimit", "null"),
            Map.entry("Ulimits", "[]"),
            Map.entry("VolumesFrom", "null"),
            Map.entry("MemorySwappiness", "null"),
            Map.entry("OomScoreAdj", "0"));
    expected.forEach((key, value) -> assertEquals(value, host.get(key) + "", key));
  }

  private static boolean cgroupVersion2() {
    return Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
  }

  @Test
  void hostConfigAsItWasSent() throws IOException {
    JsonObject host =
        inspect(
                api.container(
                    "web",
                    """
                    {"Image":"bb","HostConfig":{"Binds":["/tmp:/a:ro"],"Tmpfs":{"/t":"size=1m"},
                     "Mounts":[{"Type":"bind","Source":"/tmp","Target":"/m","ReadOnly":true}],
                     "PortBindings":{"80/tcp":[{"HostIp":"","HostPort":""}]},"Init":true,
                     "Memory":67108864,"PidsLimit":10,"CapDrop":["ALL"],
                     "SecurityOpt":["no-new-privileges"],"Privileged":false,
                     "ReadonlyRootfs":true,"ExtraHosts":["h:1.2.3.4"],"Dns":["1.1.1.1"]}}"""))
            .getAsJsonObject("HostConfig");
    assertEquals("[\"/tmp:/a:ro\"]", host.get("Binds").toString());
    assertEquals("{\"/t\":\"size=1m\"}", host.get("Tmpfs").toString());
    assertEquals(
        "{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"\"}]}", host.get("PortBindings").toString());
    assertTrue(host.get("Init").getAsBoolean());
    assertEquals(67108864, host.get("Memory").getAsLong());
    assertEquals(134217728, host.get("MemorySwap").getAsLong(), "swap as much as memory");
    assertEquals(10, host.get("PidsLimit").getAsInt());
    assertEquals("[\"ALL\"]", host.get("CapDrop").toString());
    assertEquals("[\"no-new-privileges\"]", host.get("SecurityOpt").toString());
    assertTrue(host.get("ReadonlyRootfs").getAsBoolean());
    assertEquals("[\"h:1.2.3.4\"]", host.get("ExtraHosts").toString());
    assertEquals("[\"1.1.1.1\"]", host.get("Dns").toString());
    JsonObject mount = host.getAsJsonArray("Mounts").get(0).getAsJsonObject();
    assertEquals("/m", mount.get("Target").getAsString());
  }

  @Test
  void mounts() throws IOException {
    String id =
        api.container(
            "web",
            "{\"Image\":\"bb\",\"HostConfig\":{\"Binds\":[\"/tmp:/a:ro\"],"
                + "\"Tmpfs\":{\"/t\":\"\"},\"Mounts\":[{\"Type\":\"tmpfs\",\"Target\":\"/m\"}]}}");
    assertEquals(
        "[{\"Type\":\"bind\",\"Source\":\"/tmp\",\"Destination\":\"/a\",\"Mode\":\"ro\","
            + "\"RW\":false,\"Propagation\":\"rprivate\"},{\"Type\":\"tmpfs\",\"Source\":\"\","
            + "\"Destination\":\"/m\",\"Mode\":\"\",\"RW\":true,\"Propagation\":\"\"}]",
        inspect(id).get("Mounts").toString());
    assertEquals(inspect(id).get("Mounts"), item("").get("Mounts"));
  }

  @Test
  void anItemOfTheListHasDockersKeys() throws IOException {
    String id =
        api.container(
            "web",
            "{\"Image\":\"bb\",\"Cmd\":[\"sh\",\"-c\",\"echo a b\"],\"Labels\":{\"l\":\"1\"}}");
    JsonObject item = item("");
    assertEquals(
        Set.of(
            "Id",
            "Names",
            "Image",
            "ImageID",
            "Command",
            "Created",
            "Ports",
            "Labels",
            "State",
            "Status",
            "HostConfig",
            "NetworkSettings",
            "Mounts"),
        item.keySet());
    assertEquals(id, item.get("Id").getAsString());
    assertEquals("[\"/web\"]", item.get("Names").toString());
    assertEquals("bb", item.get("Image").getAsString());
    assertEquals(image, item.get("ImageID").getAsString());
    assertEquals("sh -c 'echo a b'", item.get("Command").getAsString());
    assertEquals("created", item.get("State").getAsString());
    assertEquals("Created", item.get("Status").getAsString());
    assertEquals("[]", item.get("Ports").toString());
    assertEquals("{\"NetworkMode\":\"bridge\"}", item.get("HostConfig").toString());
    assertEquals(
        Set.of("bridge"),
        item.getAsJsonObject("NetworkSettings").getAsJsonObject("Networks").keySet());
  }

  @Test
  void aMovedNameIsShownAsTheImagesId() throws IOException {
    api.container("web", "{\"Image\":\"bb\"}");
    api.image("bb", "CMD another");
    assertEquals(image, item("").get("Image").getAsString());
  }

  @Test
  void anEndedOne() throws IOException {
    String id = api.container("web", "{\"Image\":\"bb\"}");
    Instant end = Instant.now().minusSeconds(7200);
    api.become(
        id,
        Map.of(
            "status",
            "EXITED",
            "exitCode",
            137,
            "oomKilled",
            true,
            "startedAt",
            "2026-01-01T00:00:00Z",
            "finishedAt",
            end.toString()));
    assertEquals("Exited (137) 2 hours ago", item("").get("Status").getAsString());
    JsonObject state = inspect(id).getAsJsonObject("State");
    assertEquals("exited", state.get("Status").getAsString());
    assertTrue(state.get("OOMKilled").getAsBoolean());
    assertEquals(137, state.get("ExitCode").getAsInt());
    assertEquals("2026-01-01T00:00:00Z", state.get("StartedAt").getAsString());
    assertEquals(end, Instant.parse(state.get("FinishedAt").getAsString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST|/containers/web/kill|409|Cannot kill container: web: Container ID is not running",
        "POST|/containers/web/stop|304|",
        "GET|/containers/web/top|409|Container ID is not running",
        "POST|/containers/web/resize?h=1&w=1|409|Container ID is not running",
        "GET|/containers/web/logs|400|Bad parameters: you must choose at least one stream",
        "POST|/containers/web/resize|400|the parameter h is missing",
        "DELETE|/containers/web?link=1|400|removing a link of a container is not possible: recreate"
            + " it",
        "GET|/containers/nope/json|404|No such container: nope",
        "POST|/containers/web/wait?condition=x|400|invalid condition: \"x\"",
        "GET|/exec/nope/json|404|No such exec instance: nope",
      })
  void refusals(String method, String path, int status, String message) throws IOException {
    String id = api.container("web", "{\"Image\":\"bb\"}");
    Answer answer = api.call(method, path, "", "");
    assertEquals(status, answer.status(), answer.body());
    String text = answer.body().isEmpty() ? "" : answer.message();
    assertEquals(message == null ? "" : message.replace("ID", id), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "web2|{\"Image\":\"nope\"}|404|No such image: nope:latest",
        "k|{\"Image\":\"bb\"}|400|Invalid container name (k), only [a-zA-Z0-9][a-zA-Z0-9_.-] are"
            + " allowed",
        "web2|{|400|invalid JSON",
        "web2|{\"Image\":\"bb\",\"HostConfig\":{\"Memory\":4096}}|400|Minimum memory limit"
            + " allowed is 6MB",
        "web|{\"Image\":\"bb\"}|409|Conflict. The container name \"/web\" is already in use by"
            + " container \"",
      })
  void refusedCreations(String name, String body, int status, String message) throws IOException {
    api.container("web", "{\"Image\":\"bb\"}");
    Answer answer = api.post("/containers/create?name=" + name, body);
    assertEquals(status, answer.status(), answer.body());
    assertTrue(answer.message().startsWith(message), answer.message());
    assertEquals(1, api.get("/containers/json?all=1").array().size(), "nothing was made");
  }

  @Test
  void aCreationsBodyIsJson() throws IOException {
    Answer text = api.call("POST", "/containers/create", "text/plain", "{\"Image\":\"bb\"}");
    assertEquals(400, text.status());
    assertEquals("Content-Type specified (text/plain) must be 'application/json'", text.message());
    Answer empty = api.call("POST", "/containers/create", "", "");
    assertEquals(400, empty.status());
  }

  @Test
  void waitingForOneThatHasNotRunAnswersAtOnce() throws IOException {
    api.container("web", "{\"Image\":\"bb\"}");
    Answer answer = api.call("POST", "/containers/web/wait?condition=", "", "");
    assertEquals(200, answer.status());
    assertTrue(answer.head().contains("Transfer-Encoding: chunked\r\n"), answer.head());
    assertTrue(answer.body().contains("{\"Error\":null,\"StatusCode\":0}"), answer.body());
    assertEquals(200, api.call("POST", "/v1.41/containers/web/wait?condition=x", "", "").status());
  }

  @Test
  void pruneTakesWhatDoesNotRunAndTheFilterChooses() throws IOException {
    api.container("keep", "{\"Image\":\"bb\",\"Labels\":{\"keep\":\"\"}}");
    String id = api.container("drop", "{\"Image\":\"bb\"}");
    String query = "/containers/prune?filters=";
    assertEquals(
        "{\"ContainersDeleted\":null,\"SpaceReclaimed\":0}\n",
        api.post(query + ApiFixture.encode("{\"until\":[\"1h\"]}"), "").body());
    assertEquals(
        "{\"ContainersDeleted\":[\"" + id + "\"],\"SpaceReclaimed\":0}\n",
        api.post(query + ApiFixture.encode("{\"label!\":[\"keep\"]}"), "").body());
    assertEquals(
        "Invalid filter 'status'",
        api.post(query + ApiFixture.encode("{\"status\":[\"exited\"]}"), "").message());
    assertEquals("[\"/keep\"]", item("").get("Names").toString());
  }
}
