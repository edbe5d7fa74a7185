package io.jdocker.network.etcd;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The contents of an etcd by its rules: revisions, leases, conditions, history. Thread-safe. */
final class FakeStore {
  /** A key's state. */
  record Entry(String value, long created, long modified, long version, long lease) {}

  /** What happened at a revision. */
  record Event(long revision, boolean deleted, String key, Entry entry) {}

  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private final List<Event> history = new ArrayList<>();
  private final Map<Long, Long> leases = new HashMap<>();
  private long revision = 1;
  private long compacted;
  private long nextLease = 7587000;

  synchronized long revision() {
    return revision;
  }

  synchronized JsonObject range(JsonObject request) {
    JsonArray found = new JsonArray();
    within(request).forEach((key, entry) -> found.add(json(key, entry)));
    JsonObject answer = answer();
    answer.add("kvs", found);
    return answer;
  }

  private Map<String, Entry> within(JsonObject request) {
    String key = text(request, "key");
    Map<String, Entry> found = new TreeMap<>();
    if (request.has("range_end")) {
      found.putAll(entries.subMap(key, true, text(request, "range_end"), false));
    } else if (entries.containsKey(key)) {
      found.put(key, entries.get(key));
    }
    return found;
  }

  synchronized JsonObject put(JsonObject request) {
    revision++;
    write(request);
    return answer();
  }

  private void write(JsonObject request) {
    String key = text(request, "key");
    long lease = request.has("lease") ? request.get("lease").getAsLong() : 0;
    if (lease != 0 && !leases.containsKey(lease)) {
      throw new IllegalArgumentException("etcdserver: requested lease not found");
    }
    Entry before = entries.get(key);
    Entry entry =
        new Entry(
            text(request, "value"),
            before == null ? revision : before.created(),
            revision,
            before == null ? 1 : before.version() + 1,
            lease);
    entries.put(key, entry);
    history.add(new Event(revision, false, key, entry));
    notifyAll();
  }

  synchronized JsonObject delete(JsonObject request) {
    JsonObject answer = answer();
    answer.addProperty("deleted", Integer.toString(erase(within(request).keySet())));
    return answer;
  }

  private int erase(Iterable<String> keys) {
    int count = 0;
    for (String key : keys) {
      revision += count == 0 ? 1 : 0;
      entries.remove(key);
      history.add(new Event(revision, true, key, null));
      count++;
    }
    notifyAll();
    return count;
  }

  synchronized JsonObject txn(JsonObject request) {
    boolean holds = true;
    for (var condition : request.getAsJsonArray("compare")) {
      holds &= holds(condition.getAsJsonObject());
    }
    JsonObject answer = answer();
    if (holds) {
      answer.addProperty("succeeded", true); // left out where false, as proto3 does
      revision++;
      for (var operation : request.getAsJsonArray("success")) {
        JsonObject asked = operation.getAsJsonObject();
        if (asked.has("request_put")) {
          write(asked.getAsJsonObject("request_put"));
        } else {
          erase(within(asked.getAsJsonObject("request_delete_range")).keySet());
        }
      }
    }
    return answer;
  }

  private boolean holds(JsonObject condition) {
    List<Entry> found = new ArrayList<>(within(condition).values());
    if (found.isEmpty()) {
      found.add(new Entry("", 0, 0, 0, 0));
    }
    boolean version = condition.get("target").getAsString().equals("VERSION");
    long wanted = condition.get(version ? "version" : "mod_revision").getAsLong();
    boolean greater = condition.get("result").getAsString().equals("GREATER");
    return found.stream()
        .mapToLong(e -> version ? e.version() : e.modified())
        .allMatch(is -> greater ? is > wanted : is == wanted);
  }

  synchronized JsonObject grant(JsonObject request) {
    leases.put(nextLease, request.get("TTL").getAsLong());
    JsonObject answer = answer();
    answer.addProperty("ID", Long.toString(nextLease++));
    answer.addProperty("TTL", request.get("TTL").getAsString());
    return answer;
  }

  synchronized JsonObject keepAlive(JsonObject request) {
    long id = request.get("ID").getAsLong();
    JsonObject result = answer();
    result.addProperty("ID", Long.toString(id));
    if (leases.containsKey(id)) {
      result.addProperty("TTL", Long.toString(leases.get(id)));
    }
    JsonObject answer = new JsonObject();
    answer.add("result", result);
    return answer;
  }

  synchronized JsonObject timeToLive(JsonObject request) {
    long id = request.get("ID").getAsLong();
    JsonObject answer = answer();
    answer.addProperty("TTL", Long.toString(leases.getOrDefault(id, -1L)));
    return answer;
  }

  synchronized JsonObject revoke(JsonObject request) {
    long id = request.get("ID").getAsLong();
    if (!leases.containsKey(id)) {
      throw new IllegalArgumentException("etcdserver: requested lease not found");
    }
    expire(id);
    return answer();
  }

  /** A lease runs out, and everything that goes with it. */
  synchronized void expire(long lease) {
    leases.remove(lease);
    erase(
        entries.entrySet().stream()
            .filter(e -> e.getValue().lease() == lease)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Ids of the leases that have not run out. */
  synchronized List<Long> leases() {
    return List.copyOf(leases.keySet());
  }

  /** How long a lease was granted for, in seconds. */
  synchronized long life(long lease) {
    return leases.get(lease);
  }

  /** Forgets how everything came to be as it was before that revision. */
  synchronized JsonObject compact(long oldest) {
    compacted = oldest;
    history.removeIf(event -> event.revision() < oldest);
    return answer();
  }

  synchronized long compacted() {
    return compacted;
  }

  /** Waits for what happened below a key from that revision on; empty after a while. */
  synchronized List<Event> await(JsonObject create, long from, long millis)
      throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    List<Event> found = since(create, from);
    while (found.isEmpty() && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      found = since(create, from);
    }
    return found;
  }

  private List<Event> since(JsonObject create, long from) {
    String key = text(create, "key");
    String end = text(create, "range_end");
    return history.stream()
        .filter(e -> e.revision() >= from)
        .filter(e -> e.key().compareTo(key) >= 0)
        .filter(e -> e.key().compareTo(end) < 0)
        .toList();
  }

  JsonObject answer() {
    JsonObject header = new JsonObject();
    header.addProperty("cluster_id", "14841639068965178418");
    header.addProperty("revision", Long.toString(revision()));
    JsonObject answer = new JsonObject();
    answer.add("header", header);
    return answer;
  }

  static JsonObject json(String key, Entry entry) {
    JsonObject kv = new JsonObject();
    kv.addProperty("key", Wire.base64(key));
    if (entry != null) {
      kv.addProperty("create_revision", Long.toString(entry.created()));
      kv.addProperty("mod_revision", Long.toString(entry.modified()));
      kv.addProperty("version", Long.toString(entry.version()));
      kv.addProperty("value", Wire.base64(entry.value()));
      if (entry.lease() != 0) {
        kv.addProperty("lease", Long.toString(entry.lease()));
      }
    }
    return kv;
  }

  /** Keys of tests are ASCII, whose order as text is that of their bytes. */
  private static String text(JsonObject request, String name) {
    return new String(
        Base64.getDecoder().decode(request.get(name).getAsString()), StandardCharsets.UTF_8);
  }

  /** Every key, for a test to look at. */
  synchronized Map<String, String> all() {
    Map<String, String> all = new TreeMap<>();
    entries.forEach((key, entry) -> all.put(key, entry.value()));
    return all;
  }

  /** The lease that a key goes with; 0 for none. */
  synchronized long leaseOf(String key) {
    return entries.get(key).lease();
  }
}
