package io.jdocker.network.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the client and an etcd do together, be it the real one or the one of the tests. */
abstract class EtcdContract {
  /** Where it listens; its store may hold what other tests wrote. */
  abstract String url();

  /** What this test's keys begin with. */
  private final String prefix = "/test/" + System.nanoTime() + "/";

  private EtcdClient client() {
    return new EtcdClient(EtcdEndpoint.parse(url()), EtcdTls.NONE);
  }

  private String key(String name) {
    return prefix + name;
  }

  @Test
  void aKeyIsWrittenReadListedAndDeleted() {
    EtcdClient client = client();
    assertEquals(Optional.empty(), client.get(key("a")));
    client.put(key("a"), "one", 0);
    client.put(key("b"), "zwei \u00fc\n\"{", 0);
    assertEquals("one", client.get(key("a")).orElseThrow().value());
    Listing all = client.list(prefix);
    assertEquals(List.of(key("a"), key("b")), all.entries().stream().map(KeyValue::key).toList());
    assertEquals("zwei \u00fc\n\"{", all.entries().get(1).value());
    assertEquals(all.revision(), all.entries().get(1).modRevision());
    assertTrue(client.delete(key("a")));
    assertFalse(client.delete(key("a")));
    assertEquals(1, client.list(prefix).entries().size());
  }

  @Test
  void aTransactionIsDoneIfAllItAsksForIsSo() {
    EtcdClient client = client();
    Txn create = new Txn().ifAbsent(key("a/1")).put(key("a/1"), "x", 0);
    assertTrue(client.commit(create));
    assertFalse(client.commit(create), "it is there now");
    assertTrue(client.commit(new Txn().ifPresent(key("a/1")).put(key("b"), "y", 0)));
    assertFalse(client.commit(new Txn().ifPresent(key("c")).put(key("b"), "z", 0)));
    assertFalse(client.commit(new Txn().ifNoneBelow(key("a/")).delete(key("b"))));
    long written = client.get(key("a/1")).orElseThrow().modRevision();
    assertFalse(client.commit(new Txn().ifUnchanged(key("a/1"), written - 1).delete(key("a/1"))));
    assertTrue(client.commit(new Txn().ifUnchanged(key("a/1"), written).delete(key("a/1"))));
    assertTrue(client.commit(new Txn().ifNoneBelow(key("a/")).delete(key("b"))));
    assertTrue(client.commit(new Txn().ifUnchanged(key("new"), 0).put(key("new"), "", 0)));
    assertEquals(
        List.of(key("new")), client.list(prefix).entries().stream().map(KeyValue::key).toList());
  }

  @Test
  void whatGoesWithALeaseGoesWhenItEnds() {
    EtcdClient client = client();
    long lease = client.grant(Duration.ofMinutes(5));
    client.put(key("leased"), "x", lease);
    assertEquals(lease, client.get(key("leased")).orElseThrow().lease());
    assertTrue(client.keepAlive(lease));
    assertTrue(client.timeToLive(lease).orElseThrow().compareTo(Duration.ofMinutes(4)) > 0);
    client.revoke(lease);
    assertEquals(Optional.empty(), client.get(key("leased")));
    assertFalse(client.keepAlive(lease));
    assertEquals(Optional.empty(), client.timeToLive(lease));
    client.revoke(lease); // as after it has run out
    SystemFailure refused =
        assertThrows(SystemFailure.class, () -> client.put(key("late"), "x", lease));
    assertTrue(refused.getMessage().contains("requested lease not found"), refused::getMessage);
  }

  @Test
  void aWatchTellsWhatHappensFromItsRevisionOn() throws IOException {
    EtcdClient client = client();
    client.put(key("before"), "x", 0);
    long revision = client.list(prefix).revision();
    client.put(key("a"), "1", 0);
    try (EtcdWatch watch = client.watch(prefix, revision + 1)) {
      client.commit(new Txn().ifPresent(key("a")).put(key("b"), "2", 0).put(key("c"), "3", 0));
      client.put("/elsewhere" + key("d"), "4", 0);
      client.delete(key("a"));
      List<Change> told = new ArrayList<>();
      while (told.size() < 4) {
        told.addAll(watch.next());
      }
      assertEquals(List.of("a=1", "b=2", "c=3", "a gone"), told.stream().map(this::brief).toList());
      assertEquals(told.get(1).revision(), told.get(2).revision(), "written together");
      assertEquals(revision + 1, ((Change.Put) told.get(0)).entry().modRevision());
      assertTrue(told.get(3).revision() > told.get(2).revision());
    }
  }

  private String brief(Change change) {
    return change instanceof Change.Put put
        ? put.entry().key().substring(prefix.length()) + "=" + put.entry().value()
        : ((Change.Deleted) change).key().substring(prefix.length()) + " gone";
  }

  @Test
  void aWatchFromWhatIsForgottenSaysSo() throws IOException {
    EtcdClient client = client();
    long revision = client.list(prefix).revision();
    client.put(key("a"), "1", 0);
    client.put(key("a"), "2", 0);
    JsonObject compaction = new JsonObject();
    compaction.addProperty("revision", Long.toString(client.list(prefix).revision()));
    EtcdEndpoint endpoint = EtcdEndpoint.parse(url()).get(0);
    try (HttpCall call =
        HttpCall.post(endpoint, null, "/v3/kv/compaction", compaction.toString(), 5000)) {
      assertTrue(call.isOk());
    }
    try (EtcdWatch watch = client.watch(prefix, revision)) {
      assertThrows(CompactedException.class, watch::next);
    }
    try (EtcdWatch watch = client.watch(prefix, client.list(prefix).revision() + 1)) {
      client.put(key("a"), "3", 0);
      assertEquals("a=3", brief(watch.next().get(0)));
    }
  }
}
