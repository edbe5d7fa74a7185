package io.jdocker.images.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jdocker.images.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry in memory, on a loopback port, that can be told to misbehave: {@link #next} replaces
 * its answer to one request. It remembers what it was asked.
 */
public final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Stored> manifests = new ConcurrentHashMap<>();
  private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
  private final List<Trick> tricks = new CopyOnWriteArrayList<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Behaviour always = exchange -> false;

  /** What is kept under a tag or digest. */
  private static final class Stored {
    private final byte[] content;
    private final String type;

    Stored(byte[] content, String type) {
      this.content = content;
      this.type = type;
    }
  }

  /** One request, as it came. */
  public record Asked(String line, Map<String, List<String>> head) {
    /** A field of the head; empty when it was not sent. */
    public String field(String name) {
      return head.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> String.join(", ", entry.getValue()))
          .findFirst()
          .orElse("");
    }
  }

  /** Answers instead of the registry. */
  public interface Behaviour {
    /** Answers; false to leave it to the registry after all. */
    boolean answer(HttpExchange exchange) throws IOException;
  }

  private record Trick(String line, Behaviour behaviour) {}

  private FakeRegistry(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Starts one. */
  public static FakeRegistry start() {
    try {
      return new FakeRegistry(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Host and port, as in an image's name. */
  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Its address. */
  public URI uri() {
    return URI.create("http://" + host());
  }

  /** The next request whose line starts so is answered that way. */
  public FakeRegistry next(String line, Behaviour behaviour) {
    tricks.add(new Trick(line, behaviour));
    return this;
  }

  /** The next so many requests are. */
  public FakeRegistry next(int times, String line, Behaviour behaviour) {
    for (int i = 0; i < times; i++) {
      next(line, behaviour);
    }
    return this;
  }

  /** Asked before every request from now on. */
  public FakeRegistry always(Behaviour behaviour) {
    always = behaviour;
    return this;
  }

  /** The lines of the requests so far: {@code GET /v2/a/manifests/1}. */
  public List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  /** The requests whose line starts so. */
  public List<Asked> asked(String line) {
    return asked.stream().filter(request -> request.line().startsWith(line)).toList();
  }

  /** Forgets what it was asked. */
  public void forget() {
    asked.clear();
  }

  /** Keeps a blob. */
  public Digest blob(byte[] content) {
    Digest digest = Digest.of(content);
    blobs.put(digest.toString(), content.clone());
    return digest;
  }

  /** A blob that was pushed; empty when it was not. */
  public Optional<byte[]> blob(Digest digest) {
    return Optional.ofNullable(blobs.get(digest.toString()));
  }

  /** Keeps a manifest under a tag and its digest. */
  public Digest manifest(String repository, String tag, String type, String json) {
    byte[] content = json.getBytes(StandardCharsets.UTF_8);
    Digest digest = Digest.of(content);
    manifests.put(repository + "/manifests/" + digest, new Stored(content, type));
    if (!tag.isEmpty()) {
      manifests.put(repository + "/manifests/" + tag, new Stored(content, type));
    }
    return digest;
  }

  /** A manifest that was pushed, as text; empty when it was not. */
  public Optional<String> manifest(String repository, String tag) {
    return Optional.ofNullable(manifests.get(repository + "/manifests/" + tag))
        .map(stored -> new String(stored.content, StandardCharsets.UTF_8));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    asked.add(new Asked(line, Map.copyOf(exchange.getRequestHeaders())));
    try (exchange) {
      Optional<Trick> trick = trick(line);
      boolean answered = trick.isPresent() && tricks.remove(trick.get());
      answered = answered && trick.get().behaviour().answer(exchange);
      if (!answered && !always.answer(exchange)) {
        behave(exchange);
      }
    }
  }

  /** The one whose line says most; of equals the first. */
  private Optional<Trick> trick(String line) {
    return tricks.stream()
        .filter(trick -> line.startsWith(trick.line()))
        .reduce((a, b) -> b.line().length() > a.line().length() ? b : a);
  }

  private void behave(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/v2/")) {
      answer(exchange, 200, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    } else if (path.contains("/blobs/uploads/")) {
      upload(exchange, path);
    } else if (path.contains("/blobs/")) {
      serveBlob(exchange, path.substring(path.lastIndexOf('/') + 1));
    } else if (path.contains("/manifests/")) {
      manifest(exchange, path.substring("/v2/".length()));
    } else {
      error(exchange, 404, "NAME_UNKNOWN", "repository name not known to registry");
    }
  }

  private void manifest(HttpExchange exchange, String key) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] content = exchange.getRequestBody().readAllBytes();
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      String repository = key.substring(0, key.indexOf("/manifests/"));
      String tag = key.substring(key.lastIndexOf('/') + 1);
      manifest(repository, tag, type, new String(content, StandardCharsets.UTF_8));
      answer(exchange, 201, type, new byte[0]);
      return;
    }
    Stored stored = manifests.get(key);
    if (stored == null) {
      error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Docker-Content-Digest", Digest.of(stored.content).toString());
    answer(exchange, 200, stored.type, stored.content);
  }

  private void serveBlob(HttpExchange exchange, String digest) throws IOException {
    byte[] content = blobs.get(digest);
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (content == null) {
      error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
    } else if (range == null) {
      answer(exchange, 200, "application/octet-stream", content);
    } else {
      int from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      answer(
          exchange,
          206,
          "application/octet-stream",
          Arrays.copyOfRange(content, from, content.length));
    }
  }

  private void upload(HttpExchange exchange, String path) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        String wanted = parameter(query, "mount");
        if (blobs.containsKey(wanted)) {
          answer(exchange, 201, "", new byte[0]);
        } else {
          String id = path + uploads.size();
          uploads.put(id, new byte[0]);
          exchange.getResponseHeaders().set("Location", id + "?_state=a%3Db");
          answer(exchange, 202, "", new byte[0]);
        }
      }
      case "PATCH" -> {
        uploads.merge(path, body, FakeRegistry::join);
        exchange.getResponseHeaders().set("Location", path + "?_state=c");
        answer(exchange, 202, "", new byte[0]);
      }
      case "PUT" -> {
        byte[] all = join(uploads.getOrDefault(path, new byte[0]), body);
        if (Digest.of(all).toString().equals(parameter(query, "digest"))) {
          blob(all);
          answer(exchange, 201, "", new byte[0]);
        } else {
          error(exchange, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
        }
      }
      default -> answer(exchange, 204, "", new byte[0]);
    }
  }

  private static String parameter(String query, String name) {
    return Arrays.stream(query.split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  /** Answers with a whole content; HEAD gets its length alone. */
  public static void answer(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", "" + content.length);
    }
    exchange.sendResponseHeaders(status, head || content.length == 0 ? -1 : content.length);
    if (!head) {
      exchange.getResponseBody().write(content);
    }
  }

  /** Answers with an error of the distribution specification. */
  public static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String json =
        "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"detail\":{}}]}";
    answer(exchange, status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** A behaviour: always that error. */
  public static Behaviour failing(int status, String code, String message) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      error(exchange, status, code, message);
      return true;
    };
  }

  /** A behaviour: the head of a whole blob, so many of its bytes, and the connection is cut. */
  public static Behaviour cutting(byte[] content, int bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      return true; // closing with bytes owed breaks the connection
    };
  }

  /** A behaviour: a redirect. */
  public static Behaviour redirecting(int status, String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(status, -1);
      return true;
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
