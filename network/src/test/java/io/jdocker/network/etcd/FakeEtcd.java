package io.jdocker.network.etcd;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An etcd of one member in this process, as its JSON gateway looks from outside. It listens in the
 * network namespace of the thread that starts it. It can be stopped and started again with what it
 * knows, made to refuse, and its leases run out when a test says so. Thread-safe.
 */
public final class FakeEtcd implements AutoCloseable {
  private static final int WATCH_MILLIS = 50;

  private final FakeStore store = new FakeStore();
  private final InetSocketAddress address;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private ExecutorService threads;
  private volatile boolean stopped;
  private volatile String refusal = "";

  private FakeEtcd(InetSocketAddress wanted) {
    start(wanted);
    address = server.getAddress();
  }

  /**
   * Starts one.
   *
   * @param port 0 for any
   */
  public static FakeEtcd start(String host, int port) {
    return new FakeEtcd(new InetSocketAddress(host, port));
  }

  /** How it is named in {@code --cluster-store}. */
  public String url() {
    return "etcd://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** Comes back after {@link #stop}, on a thread of the same network namespace. */
  public void restart() {
    start(address);
  }

  private void start(InetSocketAddress where) {
    try {
      stopped = false;
      server = HttpServer.create(where, 64);
      threads = Executors.newCachedThreadPool();
      server.setExecutor(threads);
      server.createContext("/v3/", this::answer);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes away; what it knows stays. */
  public void stop() {
    stopped = true;
    server.stop(0);
    threads.shutdownNow();
  }

  /** Every answer is this from now on, as a member without a leader gives; empty for none. */
  public void refuse(String reason) {
    refusal = reason;
  }

  /** How many requests have come. */
  public int requests() {
    return requests.get();
  }

  /** Every key with its value. */
  public Map<String, String> all() {
    return store.all();
  }

  /** Writes a key, as somebody else would. */
  public void put(String key, String value) {
    store.put(Wire.put(key, value, 0));
  }

  /** Writes a key that goes with a new lease; the lease. */
  public long putLeased(String key, String value) {
    JsonObject request = new JsonObject();
    request.addProperty("TTL", "86400");
    long lease = store.grant(request).get("ID").getAsLong();
    store.put(Wire.put(key, value, lease));
    return lease;
  }

  public void delete(String key) {
    JsonObject request = new JsonObject();
    request.addProperty("key", Wire.base64(key));
    store.delete(request);
  }

  /** The lease that a key goes with runs out. */
  public void expire(String key) {
    store.expire(store.leaseOf(key));
  }

  /** The lease that a key goes with; 0 for none. */
  public long leaseOf(String key) {
    return store.leaseOf(key);
  }

  /** How long a key's lease was granted for, in seconds. */
  public long lifeOf(String key) {
    return store.life(store.leaseOf(key));
  }

  /** The leases that have not run out. */
  public List<Long> leases() {
    return store.leases();
  }

  /** Forgets its history: who watches from before must list again. */
  public void compact() {
    store.compact(store.revision());
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String path = exchange.getRequestURI().getPath().substring("/v3/".length());
    JsonObject request =
        JsonParser.parseString(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
            .getAsJsonObject();
    if (!refusal.isEmpty()) {
      send(exchange, 503, error(refusal));
    } else if (path.equals("watch")) {
      watch(exchange, request.getAsJsonObject("create_request"));
    } else {
      try {
        send(exchange, 200, unary(path, request));
      } catch (IllegalArgumentException e) {
        send(exchange, 404, error(e.getMessage()));
      }
    }
  }

  private JsonObject unary(String path, JsonObject request) {
    return switch (path) {
      case "kv/range" -> store.range(request);
      case "kv/put" -> store.put(request);
      case "kv/deleterange" -> store.delete(request);
      case "kv/compaction" -> store.compact(request.get("revision").getAsLong());
      case "kv/txn" -> store.txn(request);
      case "lease/grant" -> store.grant(request);
      case "lease/keepalive" -> store.keepAlive(request);
      case "lease/timetolive" -> store.timeToLive(request);
      case "lease/revoke" -> store.revoke(request);
      default -> throw new IllegalArgumentException("Not Found");
    };
  }

  private static JsonObject error(String reason) {
    JsonObject error = new JsonObject();
    error.addProperty("error", reason);
    error.addProperty("message", reason);
    error.addProperty("code", 5);
    return error;
  }

  private static void send(HttpExchange exchange, int status, JsonObject answer)
      throws IOException {
    byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void watch(HttpExchange exchange, JsonObject create) throws IOException {
    long next = create.get("start_revision").getAsLong();
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      JsonObject created = store.answer();
      created.addProperty("created", true);
      line(out, created);
      while (!stopped && refusal.isEmpty()) {
        if (next < store.compacted()) {
          JsonObject cancelled = store.answer();
          cancelled.addProperty("canceled", true);
          cancelled.addProperty("compact_revision", Long.toString(store.compacted()));
          line(out, cancelled);
          return;
        }
        List<FakeStore.Event> events = store.await(create, next, WATCH_MILLIS);
        if (!events.isEmpty()) {
          line(out, told(events));
          next = events.get(events.size() - 1).revision() + 1;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonObject told(List<FakeStore.Event> events) {
    JsonArray list = new JsonArray();
    for (FakeStore.Event event : events) {
      JsonObject told = new JsonObject();
      if (event.deleted()) {
        told.addProperty("type", "DELETE"); // PUT is 0 and left out
      }
      JsonObject kv = FakeStore.json(event.key(), event.entry());
      kv.addProperty("mod_revision", Long.toString(event.revision()));
      told.add("kv", kv);
      list.add(told);
    }
    JsonObject result = store.answer();
    result.add("events", list);
    return result;
  }

  private static void line(OutputStream out, JsonObject result) throws IOException {
    JsonObject message = new JsonObject();
    message.add("result", result);
    out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    stop();
  }
}
