package io.jdocker.daemon;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.daemon.config.LiveSettings;
import io.jdocker.daemon.http.ChannelListener;
import io.jdocker.daemon.http.HttpLimits;
import io.jdocker.daemon.http.HttpServer;
import io.jdocker.daemon.http.RawClient;
import io.jdocker.daemon.json.Json;
import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.network.Cidr;
import io.jdocker.network.IpamConfig;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Network;
import io.jdocker.network.NetworkOptions;
import io.jdocker.network.state.StateFolder;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.EngineOptions;
import io.jdocker.runtime.timer.ThreadTimer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole API over an engine in a test's folder. Nothing is started, so it needs no privilege and
 * programs nothing into the kernel: the state of a container that has run is written into its file,
 * and so is {@link #NETWORK}. As long as that one is there, an engine that ends leaves bridges and
 * firewall alone.
 */
public final class ApiFixture implements AutoCloseable {
  /** A user-defined network without a bridge. */
  public static final Network NETWORK =
      new Network(
          "c0de".repeat(16),
          "own",
          "bridge",
          Instant.parse("2026-01-02T03:04:05Z"),
          Optional.of(IpamConfig.of(Cidr.of("10.214.0.0/24"), Ipv4.of("10.214.0.1"))),
          "br-jdockerunit",
          false,
          true,
          Map.of(),
          Map.of("a", "1", "b", ""));

  /** A layer without a single file. */
  private static final String EMPTY_TAR = "\0".repeat(1024);

  private static final String HEAD =
      "%s %s HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n%s\r\n";

  private final EngineOptions options;
  private final Path socket;
  private Engine engine;
  private HttpServer server;

  private ApiFixture(Path folder) throws IOException {
    Path root = folder.toRealPath().resolve("root");
    NetworkOptions network = NetworkOptions.of(root);
    this.options =
        new EngineOptions(
            root,
            "/jdocker-unit-" + folder.getFileName(),
            new NetworkOptions(
                network.root(),
                network.namespaces(),
                root.resolve("names"),
                "jdockerunit0",
                Optional.of(Cidr.of("10.213.0.1/24")),
                network.pools(),
                0),
            Clock.systemUTC(),
            ThreadTimer::new,
            RegistryOptions.standard(Map.of()));
    this.socket = folder.resolve("s");
    new StateFolder<>(network.root().resolve("networks"), Network.class)
        .write(NETWORK.id(), NETWORK);
    open();
  }

  /** Opens one. */
  public static ApiFixture open(Path folder) throws IOException {
    return new ApiFixture(folder);
  }

  private void open() throws IOException {
    engine = Engine.open(options);
    EngineGate gate = new EngineGate();
    gate.opened(engine);
    server =
        HttpServer.start(
            List.of(ChannelListener.unix(socket)),
            new Routes(gate, options.root(), "9.9", LiveSettings.standard(), () -> {}).router(),
            new Json(),
            HttpLimits.standard(),
            Map.of("Api-Version", "1.51"));
  }

  public Engine engine() {
    return engine;
  }

  public Path root() {
    return options.root();
  }

  /** Imports an image without files; {@code changes} are Dockerfile instructions. Its id. */
  public String image(String name, String... changes) throws IOException {
    StringBuilder query = new StringBuilder("?fromSrc=-&repo=" + name);
    for (String change : changes) {
      query.append("&changes=").append(encode(change));
    }
    Answer answer = call("POST", "/images/create" + query, "application/x-tar", EMPTY_TAR);
    String start = "{\"status\":\"";
    int at = answer.body().indexOf(start) + start.length();
    return answer.body().substring(at, answer.body().indexOf('"', at));
  }

  /** Creates a container; its id. */
  public String container(String name, String body) throws IOException {
    Answer answer = post("/containers/create?name=" + name, body);
    if (answer.status() != 201) {
      throw new AssertionError(answer.status() + " " + answer.body());
    }
    return answer.object().get("Id").getAsString();
  }

  /** As if the container had got that far: keys of its state, and the engine opened again. */
  public void become(String id, Map<String, Object> state) throws IOException {
    Path file = root().resolve("containers").resolve(id).resolve("container.json");
    JsonObject record = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    Gson gson = new Gson();
    state.forEach((key, value) -> record.getAsJsonObject("state").add(key, gson.toJsonTree(value)));
    Files.writeString(file, record.toString());
    reopen();
  }

  /** Ends the engine and opens it again on the same root. */
  public void reopen() throws IOException {
    close();
    open();
  }

  public Answer get(String path) throws IOException {
    return call("GET", path, "", "");
  }

  /** A list with filters as docker-java writes them: {@code label=a}, {@code name=b}. */
  public Answer filtered(String path, String filters) throws IOException {
    return get(path + (path.contains("?") ? "&" : "?") + "filters=" + encode(filters));
  }

  public Answer delete(String path) throws IOException {
    return call("DELETE", path, "", "");
  }

  public Answer post(String path, String json) throws IOException {
    return call("POST", path, "application/json", json);
  }

  /** Any request; without a body where the text is empty. */
  public Answer call(String method, String path, String type, String body) throws IOException {
    String headers =
        body.isEmpty()
            ? ""
            : "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n";
    try (RawClient client = new RawClient(socket)) {
      client.send(HEAD.formatted(method, path, headers) + body);
      String head = client.head();
      return new Answer(Integer.parseInt(head.substring(9, 12)), head, client.rest());
    }
  }

  /** A request without a body and with one field more. */
  public Answer withHeader(String method, String path, String name, String value)
      throws IOException {
    try (RawClient client = new RawClient(socket)) {
      client.send(HEAD.formatted(method, path, name + ": " + value + "\r\n"));
      String head = client.head();
      return new Answer(Integer.parseInt(head.substring(9, 12)), head, client.rest());
    }
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    engine.close();
  }
}
