package io.jdocker.network.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that are away, without a leader, or no etcd at all. */
class EtcdClientTest {
  private static EtcdClient client(String url) {
    return new EtcdClient(EtcdEndpoint.parse(url), EtcdTls.NONE);
  }

  private static String both(FakeEtcd first, FakeEtcd second) {
    return first.url() + "," + second.url().substring("etcd://".length());
  }

  @Test
  void theNextMemberIsAskedWhereOneIsAwayOrHasNoLeader() {
    try (FakeEtcd first = FakeEtcd.start("127.0.0.1", 0);
        FakeEtcd second = FakeEtcd.start("127.0.0.1", 0)) {
      EtcdClient client = client(both(first, second));
      client.put("a", "1", 0);
      assertEquals("1", first.all().get("a"));
      first.refuse("etcdserver: no leader");
      client.put("a", "2", 0);
      assertEquals("2", second.all().get("a"));
      first.refuse("");
      int before = first.requests();
      client.put("a", "3", 0);
      assertEquals(before, first.requests(), "who answered last is asked first");
      second.stop();
      client.put("a", "4", 0);
      assertEquals("4", first.all().get("a"));
      first.stop();
      Unavailable away = assertThrows(Unavailable.class, () -> client.get("a"));
      assertEquals(
          "cluster store " + both(first, second) + " does not answer: Connection refused",
          away.getMessage());
    }
  }

  @Test
  void aWatchGoesToTheNextMemberAsWell() throws IOException {
    try (FakeEtcd first = FakeEtcd.start("127.0.0.1", 0);
        FakeEtcd second = FakeEtcd.start("127.0.0.1", 0)) {
      first.stop();
      try (EtcdWatch watch = client(both(first, second)).watch("/", 1)) {
        second.put("/a", "1");
        assertEquals("/a", ((Change.Put) watch.next().get(0)).entry().key());
        second.stop();
        assertThrows(IOException.class, watch::next);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>It works!</html>",
        "[]",
        "",
        "{\"kvs\": 7}",
        "{\"kvs\": [7]}",
        "{\"kvs\": [{\"key\": \"%%%\"}]}",
        "{\"kvs\": [{\"key\": \"YQ==\", \"mod_revision\": \"many\"}]}",
        "{\"header\": []}",
      })
  void whatIsNotAnEtcdIsSaidNotToAnswer(String answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      EtcdClient client = client("etcd://127.0.0.1:" + server.getAddress().getPort());
      Unavailable none = assertThrows(Unavailable.class, () -> client.list("/"));
      assertTrue(none.getMessage().contains("does not answer: "), none::getMessage);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatAMemberRefusesIsNotAskedOfAnother() {
    try (FakeEtcd first = FakeEtcd.start("127.0.0.1", 0);
        FakeEtcd second = FakeEtcd.start("127.0.0.1", 0)) {
      EtcdClient client = client(both(first, second));
      SystemFailure refused = assertThrows(SystemFailure.class, () -> client.put("a", "", 99));
      assertEquals(
          "cluster store " + first.url() + " refuses: etcdserver: requested lease not found",
          refused.getMessage());
      assertEquals(0, second.requests());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "etcd://10.0.0.1:2379, etcd://10.0.0.1:2379",
    "etcd://a.example, etcd://a.example:2379",
    "'etcd://a:1,b:2,c', etcd://a:1 etcd://b:2 etcd://c:2379",
    "'etcds://a,[fd00::1]:99', 'etcds://a:2379 etcds://[fd00::1]:99'",
  })
  void endpointsAreRead(String store, String expected) {
    assertEquals(
        expected,
        String.join(" ", EtcdEndpoint.parse(store).stream().map(EtcdEndpoint::toString).toList()));
  }

  @ParameterizedTest
  @CsvSource({
    "consul://a:1, 'it begins with neither etcd:// nor etcds://'",
    "10.0.0.1:2379, 'it begins with neither etcd:// nor etcds://'",
    "etcd://, '\"\" is no HOST:PORT'",
    "'etcd://a,,b', '\"\" is no HOST:PORT'",
    "etcd://a b, '\"a b\" is no HOST:PORT'",
    "etcd://a:0, '\"0\" is no port'",
    "etcd://a:65536, '\"65536\" is no port'",
    "etcd://a:etcd, '\"etcd\" is no port'",
    "etcd://a:1/b, a path is chosen with --cluster-store-opt kv.path=/b",
  })
  void aWrongStoreIsNamed(String store, String reason) {
    assertEquals(
        "invalid cluster store \"" + store + "\": " + reason,
        assertThrows(InvalidArgument.class, () -> EtcdEndpoint.parse(store)).getMessage());
  }

  @Test
  void filesForTlsThatCannotBeUsedAreNamed(@TempDir Path folder) throws IOException {
    Path junk = Files.writeString(folder.resolve("junk.pem"), "no certificate");
    Path absent = folder.resolve("absent.pem");
    for (EtcdTls files :
        List.of(
            new EtcdTls(Optional.of(junk), Optional.empty(), Optional.empty()),
            new EtcdTls(Optional.of(absent), Optional.empty(), Optional.empty()),
            new EtcdTls(Optional.empty(), Optional.of(junk), Optional.of(junk)))) {
      List<EtcdEndpoint> endpoints = EtcdEndpoint.parse("etcds://127.0.0.1:1");
      InvalidArgument wrong =
          assertThrows(InvalidArgument.class, () -> new EtcdClient(endpoints, files));
      assertTrue(wrong.getMessage().contains(folder.toString()), wrong::getMessage);
    }
    Optional<Path> alone = Optional.of(junk);
    assertEquals(
        "a certificate and its key go together: give both kv.certfile and kv.keyfile",
        assertThrows(
                InvalidArgument.class, () -> new EtcdTls(Optional.empty(), alone, Optional.empty()))
            .getMessage());
  }
}
