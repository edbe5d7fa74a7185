package io.jdocker.network.etcd;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/**
 * A cluster of etcd. Each request goes to the member that answered last, and to the next one where
 * it does not answer or has no leader. A request may so be done twice: all of these can be.
 * Thread-safe.
 *
 * <p>Each call fails with {@link Unavailable} where no member answers, and with {@link
 * SystemFailure} where one refuses.
 */
public final class EtcdClient {
  private static final int ANSWER_MILLIS = 5_000;
  private static final int WATCH_MILLIS = 20_000;
  private static final int HTTP_SERVER_ERROR = 500;

  private final List<EtcdEndpoint> endpoints;
  private final Optional<SSLSocketFactory> tls;
  private volatile int preferred;

  /**
   * @param endpoints at least one
   * @param files used where the endpoints speak TLS
   */
  public EtcdClient(List<EtcdEndpoint> endpoints, EtcdTls files) {
    this.endpoints = List.copyOf(endpoints);
    this.tls =
        endpoints.stream().anyMatch(EtcdEndpoint::tls)
            ? Optional.of(files.sockets())
            : Optional.empty();
  }

  /** How the members are written in {@code --cluster-store}. */
  public String description() {
    String members =
        endpoints.stream().map(EtcdEndpoint::authority).collect(Collectors.joining(","));
    return (endpoints.get(0).tls() ? "etcds://" : "etcd://") + members;
  }

  /** The value of a key. */
  public Optional<KeyValue> get(String key) {
    JsonObject request = new JsonObject();
    request.addProperty("key", Wire.base64(key));
    return listing("/v3/kv/range", request).entries().stream().findFirst();
  }

  /** Everything whose key begins so. */
  public Listing list(String prefix) {
    return listing("/v3/kv/range", Wire.range(prefix));
  }

  private Listing listing(String path, JsonObject request) {
    return ask(
        path,
        request,
        answer -> {
          List<KeyValue> entries = new java.util.ArrayList<>();
          for (JsonObject kv : Wire.objects(answer, "kvs")) {
            entries.add(Wire.entry(kv));
          }
          return new Listing(entries, Wire.revision(answer));
        });
  }

  /**
   * Writes a key.
   *
   * @param lease the lease it goes with; 0 for none
   */
  public void put(String key, String value, long lease) {
    ask("/v3/kv/put", Wire.put(key, value, lease), answer -> true);
  }

  /** Deletes a key; false where there was none. */
  public boolean delete(String key) {
    JsonObject request = new JsonObject();
    request.addProperty("key", Wire.base64(key));
    return ask("/v3/kv/deleterange", request, answer -> Wire.number(answer, "deleted") > 0);
  }

  /** Does a transaction; false where its conditions did not hold. */
  public boolean commit(Txn txn) {
    return ask("/v3/kv/txn", txn.toJson(), answer -> Wire.flag(answer, "succeeded"));
  }

  /** A new lease: what is written with it goes when it is not renewed for that long. */
  public long grant(Duration life) {
    JsonObject request = new JsonObject();
    request.addProperty("TTL", Long.toString(Math.max(1, life.toSeconds())));
    return ask("/v3/lease/grant", request, answer -> Wire.number(answer, "ID"));
  }

  /** Begins a lease's time anew; false where it has run out. */
  public boolean keepAlive(long lease) {
    return ask(
        "/v3/lease/keepalive",
        lease(lease),
        answer -> Wire.number(Wire.object(answer, "result"), "TTL") > 0);
  }

  /** How long a lease still has; empty where it has run out. */
  public Optional<Duration> timeToLive(long lease) {
    return ask(
        "/v3/lease/timetolive",
        lease(lease),
        answer -> {
          long seconds = Wire.number(answer, "TTL");
          return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
        });
  }

  /** Ends a lease, and everything that goes with it. One that has run out is no error. */
  public void revoke(long lease) {
    try {
      ask("/v3/lease/revoke", lease(lease), answer -> true);
    } catch (SystemFailure e) {
      if (!e.getMessage().contains("lease not found")) {
        throw e;
      }
    }
  }

  private static JsonObject lease(long id) {
    JsonObject request = new JsonObject();
    request.addProperty("ID", Long.toString(id));
    return request;
  }

  /**
   * Begins to watch everything whose key begins so.
   *
   * @param revision the first one to tell of
   */
  public EtcdWatch watch(String prefix, long revision) {
    JsonObject create = Wire.range(prefix);
    create.addProperty("start_revision", Long.toString(revision));
    JsonObject request = new JsonObject();
    request.add("create_request", create);
    return each(
        endpoint ->
            EtcdWatch.begin(
                HttpCall.post(
                    endpoint, tls.orElse(null), "/v3/watch", request.toString(), WATCH_MILLIS)));
  }

  /** What is made of a member. */
  private interface Work<T> {
    T with(EtcdEndpoint endpoint) throws IOException;
  }

  /** What is read from an answer. */
  private interface Reading<T> {
    T of(JsonObject answer) throws IOException;
  }

  private <T> T ask(String path, JsonObject request, Reading<T> reading) {
    return each(endpoint -> reading.of(answer(endpoint, path, request)));
  }

  private JsonObject answer(EtcdEndpoint endpoint, String path, JsonObject request)
      throws IOException {
    try (HttpCall call =
        HttpCall.post(endpoint, tls.orElse(null), path, request.toString(), ANSWER_MILLIS)) {
      String text = call.text();
      if (call.isOk()) {
        return Wire.message(text);
      }
      throw refused(endpoint, call.status(), text);
    }
  }

  /** A member without a leader or under load says 5xx: another may do better. */
  private static IOException refused(EtcdEndpoint endpoint, int status, String text)
      throws IOException {
    String reason = text.strip();
    if (reason.startsWith("{")) {
      JsonElement error = Wire.message(text).get("error");
      if (error != null) { // text by etcd; a proxy before it may write an object
        reason = error.isJsonPrimitive() ? error.getAsString() : error.toString();
      }
    }
    if (status >= HTTP_SERVER_ERROR) {
      return new IOException("it says " + status + ": " + reason);
    }
    throw new SystemFailure("cluster store " + endpoint + " refuses: " + reason);
  }

  private <T> T each(Work<T> work) {
    IOException last = null;
    int first = preferred;
    for (int i = 0; i < endpoints.size(); i++) {
      int number = (first + i) % endpoints.size();
      try {
        T result = work.with(endpoints.get(number));
        preferred = number;
        return result;
      } catch (IOException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw new Unavailable(
        "cluster store " + description() + " does not answer: " + reason(last), last);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
