package io.jdocker.cli.transcript;

import io.jdocker.cli.FakeEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine with the same few objects at all times: a running container {@code web}, an image
 * {@code bb:1}, a network {@code zeta}, a volume {@code v10}; {@code nope} is none of them. Its
 * documents lie in {@code resources/scene}.
 */
final class Scene {
  private static final String ID =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  /** {@code "@ago 3600"}: a moment that lies so many seconds back, as the API has it in lists. */
  private static final Pattern AGO = Pattern.compile("\"@ago (\\d+)\"");

  private static final String UPGRADED =
      """
      HTTP/1.1 101 UPGRADED\r
      Content-Type: application/vnd.docker.raw-stream\r
      Connection: Upgrade\r
      Upgrade: tcp\r
      \r
      """;

  private Scene() {}

  static FakeEngine stage(Path folder) throws IOException {
    FakeEngine engine = FakeEngine.listen(folder);
    containers(engine);
    images(engine);
    networksAndVolumes(engine);
    system(engine);
    streams(engine);
    return engine;
  }

  private static void containers(FakeEngine engine) throws IOException {
    engine.answer("GET /containers/json", document("containers.json"));
    for (String name : List.of("web", ID)) {
      String path = "/containers/" + name + "/";
      engine.answer("GET " + path + "json", document("container.json"));
      engine.answer("GET " + path + "top", document("top.json"));
      for (String verb :
          List.of("start", "stop", "restart", "kill", "pause", "unpause", "rename")) {
        engine.answer("POST " + path + verb, 204, "");
      }
    }
    engine.answer("DELETE /containers/web", 204, "");
    engine.answer("POST /containers/web/update", "{\"Warnings\":[\"no swap here\"]}");
    engine.answer(
        "GET /containers/web/changes",
        "[{\"Kind\":0,\"Path\":\"/a\"},{\"Kind\":1,\"Path\":\"/b\"},{\"Kind\":2,\"Path\":\"/c d\"}]");
    engine.answer("GET /containers/web/export", "the tree\n");
    engine.answer("POST /commit", 201, "{\"Id\":\"sha256:1234\"}");
    engine.answer("GET /containers/web/stats", document("stats.json"));
    for (String method : List.of("GET", "POST", "DELETE")) {
      engine.refuse(method + " /containers/nope", 404, "No such container: nope");
    }
    engine.answer("POST /containers/create", 201, "{\"Id\":\"" + ID + "\",\"Warnings\":[]}");
    engine.refuse("POST /containers/create?name=taken", 409, "Conflict. The name is in use.");
    engine.answer(
        "POST /containers/prune",
        "{\"ContainersDeleted\":[\"" + ID + "\"],\"SpaceReclaimed\":123456}");
    for (String name : List.of("web", ID)) {
      engine.answer("POST /containers/" + name + "/wait", "{\"StatusCode\":7}\n");
    }
  }

  private static void images(FakeEngine engine) throws IOException {
    engine.answer("GET /images/json", document("images.json"));
    engine.answer("GET /images/bb:1/json", document("image.json"));
    engine.answer("GET /images/bb:1/history", document("history.json"));
    engine.answer("POST /images/bb:1/tag", 201, "");
    engine.answer("DELETE /images/bb:1", "[{\"Untagged\":\"bb:1\"},{\"Deleted\":\"sha256:11\"}]");
    for (String method : List.of("GET", "POST", "DELETE")) {
      engine.refuse(method + " /images/nope", 404, "No such image: nope:latest");
    }
    engine.answer("GET /images/get", "the archive\n");
    engine.refuse("GET /images/get?names=nope", 404, "No such image: nope");
    engine.answer("POST /images/load", "{\"stream\":\"Loaded image: bb:1\\n\"}\r\n");
    engine.answer("POST /images/create", "{\"status\":\"sha256:1234\"}\r\n");
    engine.answer(
        "POST /images/prune",
        "{\"ImagesDeleted\":[{\"Untagged\":\"a:1\"},{\"Deleted\":\"sha256:12\"}],"
            + "\"SpaceReclaimed\":1000}");
  }

  private static void networksAndVolumes(FakeEngine engine) throws IOException {
    engine.refuse("GET /networks/", 404, "network not found");
    engine.refuse("GET /volumes/", 404, "no such volume");
    engine.refuse("GET /images/", 404, "No such image");
    engine.refuse("GET /containers/", 404, "No such container");
    engine.answer("POST /build/prune", "{\"CachesDeleted\":null,\"SpaceReclaimed\":0}");
    engine.answer("GET /networks", document("networks.json"));
    engine.answer("GET /networks/zeta", document("network.json"));
    engine.answer("POST /networks/create", 201, "{\"Id\":\"9999\",\"Warning\":\"\"}");
    engine.answer("POST /networks/zeta/connect", 200, "");
    engine.answer("POST /networks/zeta/disconnect", 200, "");
    engine.answer("DELETE /networks/zeta", 204, "");
    engine.answer("POST /networks/prune", "{\"NetworksDeleted\":[\"n1\",\"n2\"]}");
    engine.answer("GET /volumes", document("volumes.json"));
    engine.answer("GET /volumes/v10", document("volume.json"));
    engine.answer("POST /volumes/create", 201, document("volume.json"));
    engine.answer("DELETE /volumes/v10", 204, "");
    engine.answer("POST /volumes/prune", "{\"VolumesDeleted\":[\"v1\"],\"SpaceReclaimed\":0}");
    for (String method : List.of("GET", "POST", "DELETE")) {
      engine.refuse(method + " /networks/nope", 404, "network nope not found");
      engine.refuse(method + " /volumes/nope", 404, "get nope: no such volume");
    }
  }

  private static void system(FakeEngine engine) throws IOException {
    engine.answer("GET /info", document("info.json"));
    engine.answer("GET /version", document("version.json"));
    engine.answer("GET /system/df", document("df.json"));
    engine.answer("GET /events", document("events.json"));
    engine.refuse("GET /plugins/nope/json", 404, "plugin \"nope\" not found");
  }

  /** Attached, the container echoes what it is sent and says one line on either stream. */
  private static void streams(FakeEngine engine) {
    for (String name : List.of("web", ID)) {
      engine.script("POST /containers/" + name + "/attach", Scene::converse);
      engine.script("GET /containers/" + name + "/logs", Scene::logs);
    }
    engine.answer("POST /containers/web/exec", 201, "{\"Id\":\"x1\"}");
    engine.script("POST /exec/x1/start", (in, out) -> exec(engine, in, out));
    engine.answer("GET /exec/x1/json", "{\"ID\":\"x1\",\"Running\":false,\"ExitCode\":5}");
  }

  /** Detached, nothing is asked to be upgraded. */
  private static void exec(FakeEngine engine, InputStream in, OutputStream out) throws IOException {
    List<FakeEngine.Asked> asked = engine.asked();
    if (asked.get(asked.size() - 1).head().containsKey("upgrade")) {
      converse(in, out);
    } else {
      FakeEngine.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
  }

  private static void converse(InputStream in, OutputStream out) throws IOException {
    FakeEngine.write(out, UPGRADED);
    frame(out, 1, "to out\n");
    frame(out, 2, "to err\n");
    byte[] typed = in.readAllBytes();
    if (typed.length > 0) {
      frame(out, 1, new String(typed, StandardCharsets.UTF_8));
    }
  }

  private static void logs(InputStream in, OutputStream out) throws IOException {
    FakeEngine.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    // A frame does not begin where a chunk does.
    FakeEngine.write(out, "3\r\n\1\0\0\r\n5\r\n\0\0\0\0\4\r\n4\r\none\n\r\n");
    FakeEngine.write(out, "c\r\n\2\0\0\0\0\0\0\4two\n\r\n0\r\n\r\n");
  }

  private static void frame(OutputStream out, int stream, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    out.write(new byte[] {(byte) stream, 0, 0, 0, 0, 0, 0, (byte) content.length});
    out.write(content);
  }

  private static String document(String name) throws IOException {
    try (InputStream text = Scene.class.getResourceAsStream("/scene/" + name)) {
      Matcher ago = AGO.matcher(new String(text.readAllBytes(), StandardCharsets.UTF_8));
      long now = Instant.now().getEpochSecond();
      return ago.replaceAll(match -> "" + (now - Long.parseLong(match.group(1))));
    }
  }
}
