package io.jdocker.network.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that answer in pieces, with errors of every form, and with what makes no sense. */
class OddAnswersTest {
  private static final String EVENT =
      "{\"result\":{\"header\":{\"revision\":\"7\"},\"events\":[{\"kv\":{\"key\":\"L8Ok\","
          + "\"value\":\"MQ==\",\"mod_revision\":\"7\"}}]}}\n";
  private static final String CREATED = "{\"result\":{\"created\":true}}\n";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A chunked answer whose chunks are these texts. */
  private static byte[] chunked(String... chunks) {
    StringBuilder answer = new StringBuilder("HTTP/1.1 200 OK\r\n");
    answer.append("Transfer-Encoding: chunked\r\n\r\n");
    for (String chunk : chunks) {
      answer.append(Integer.toHexString(bytes(chunk).length)).append("\r\n");
      answer.append(chunk).append("\r\n");
    }
    return bytes(answer.append("0\r\n\r\n").toString());
  }

  private static void watch(List<byte[]> pieces) throws IOException {
    try (ScriptedMember member = ScriptedMember.answering(pieces);
        EtcdWatch watch = member.client().watch("/", 1)) {
      assertEquals(List.of(new Change.Put(new KeyValue("/ä", "1", 7, 0), 7)), watch.next());
      assertEquals(
          "the member has ended the watch",
          assertThrows(IOException.class, watch::next).getMessage());
    }
  }

  @Test
  void aWatchMayBeSplitAnywhereOnItsWay() throws IOException {
    byte[] whole = chunked(CREATED, EVENT);
    for (int at = 1; at < whole.length; at += 7) {
      watch(List.of(Arrays.copyOf(whole, at), Arrays.copyOfRange(whole, at, whole.length)));
    }
  }

  @Test
  void aWatchMayComeByteByByte() throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    for (byte one : chunked(CREATED + EVENT)) {
      pieces.add(new byte[] {one});
    }
    watch(pieces);
  }

  @Test
  void aChunkMayEndInsideAMessageAndHoldTwo() throws IOException {
    String all = CREATED + EVENT;
    for (int at = 1; at < all.length(); at += 5) {
      watch(List.of(chunked(all.substring(0, at), all.substring(at))));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"grpc_code\":14,\"message\":\"no leader\"}}"
            + " | the watch has failed: {\"grpc_code\":14,\"message\":\"no leader\"}",
        "{\"error\":null} | the watch has failed: null",
        "{\"result\":{\"canceled\":true}} | the watch was cancelled: {\"canceled\":true}",
        "{\"result\":{\"compact_revision\":\"12\"}}"
            + " | the store has forgotten everything before revision 12",
        "{\"result\":7} | result is no object in the answer: 7",
        "{\"result\":{\"compact_revision\":\"x\"}}"
            + " | compact_revision is no number in the answer: \"x\"",
        "{\"result\":{\"canceled\":null}} | canceled is no boolean in the answer: null",
        "{\"result\":{\"canceled\":{}}} | canceled is no boolean in the answer: {}",
        "<html> | the answer is not a JSON object: <html>",
        "[] | the answer is not a JSON object: []",
      })
  void whatEndsAWatchIsSaid(String line, String reason) throws IOException {
    try (ScriptedMember member = ScriptedMember.answering(List.of(chunked(line + "\n")));
        EtcdWatch watch = member.client().watch("/", 1)) {
      IOException end = assertThrows(IOException.class, watch::next);
      boolean unparsed = end.getMessage().startsWith("the answer is not");
      assertEquals(reason, end.getMessage());
      assertEquals(line.contains("\"12\""), end instanceof CompactedException);
      assertEquals(unparsed, line.charAt(0) != '{');
    }
  }

  @Test
  void aWatchThatIsRefusedIsNoWatch() {
    try (ScriptedMember member = ScriptedMember.answering(401, "{\"error\":\"who are you\"}")) {
      Unavailable refused = assertThrows(Unavailable.class, () -> member.client().watch("/", 1));
      assertEquals(
          "cluster store "
              + member.url()
              + " does not answer: it says 401: {\"error\":\"who are you\"}",
          refused.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":\"bad key\",\"code\":3} | bad key",
        "404 | not here | not here",
        "401 | {\"message\":\"log in\"} | {\"message\":\"log in\"}",
        "403 | {\"error\":{\"code\":7,\"message\":\"denied\"}}"
            + " | {\"code\":7,\"message\":\"denied\"}",
        "403 | {\"error\":null} | null",
        "403 | {\"error\":[1,2]} | [1,2]",
        "400 | {\"error\":7} | 7",
      })
  void aRefusalIsHandedOnWhateverItsForm(int status, String body, String reason) {
    try (ScriptedMember member = ScriptedMember.answering(status, body)) {
      SystemFailure refused = assertThrows(SystemFailure.class, () -> member.client().get("/a"));
      assertEquals("cluster store " + member.url() + " refuses: " + reason, refused.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {\"error\":\"etcdserver: request timed out\"}"
            + " | it says 500: etcdserver: request timed out",
        "503 | {\"error\":{\"message\":\"no leader\"}}"
            + " | it says 503: {\"message\":\"no leader\"}",
        "502 | <h1>Bad Gateway</h1> | it says 502: <h1>Bad Gateway</h1>",
        "500 | {broken | the answer is not JSON: {broken",
      })
  void troubleOfAMemberIsNoAnswer(int status, String body, String reason) {
    try (ScriptedMember member = ScriptedMember.answering(status, body)) {
      Unavailable none = assertThrows(Unavailable.class, () -> member.client().get("/a"));
      assertEquals(
          "cluster store " + member.url() + " does not answer: " + reason, none.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | false",
        "{\"succeeded\":false} | false",
        "{\"succeeded\":true} | true",
        "{\"succeeded\":\"true\"} | true",
      })
  void aTransactionSucceedsOrNot(String body, boolean done) {
    try (ScriptedMember member = ScriptedMember.answering(200, body)) {
      assertEquals(done, member.client().commit(new Txn().ifAbsent("/a").put("/a", "", 0)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"succeeded\":null}", "{\"succeeded\":{}}", "{\"succeeded\":[]}"})
  void anOutcomeThatIsNoneIsNoAnswer(String body) {
    try (ScriptedMember member = ScriptedMember.answering(200, body)) {
      Unavailable none =
          assertThrows(Unavailable.class, () -> member.client().commit(new Txn().delete("/a")));
      assertTrue(none.getMessage().contains("succeeded is no boolean"), none::getMessage);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"result\":{\"TTL\":\"60\"}} | true",
        "{\"result\":{}} | false",
        "{} | false",
        "{\"result\":{\"TTL\":\"0\"}} | false",
        "{\"result\":{\"TTL\":\"-1\"}} | false",
      })
  void aLeaseIsKeptAliveOrHasRunOut(String body, boolean alive) {
    try (ScriptedMember member = ScriptedMember.answering(200, body)) {
      assertEquals(alive, member.client().keepAlive(7));
    }
  }

  @Test
  void aLeaseThatHasRunOutIsRevokedAlready() {
    try (ScriptedMember member =
        ScriptedMember.answering(404, "{\"error\":\"etcdserver: requested lease not found\"}")) {
      member.client().revoke(7);
    }
    try (ScriptedMember member = ScriptedMember.answering(400, "{\"error\":\"other\"}")) {
      assertThrows(SystemFailure.class, () -> member.client().revoke(7));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "\r\n\r\n", "HTTP/9.9 what\r\n\r\n"})
  void whatIsNoHttpIsNoAnswer(String greeting) {
    try (ScriptedMember member = ScriptedMember.answering(List.of(bytes(greeting)))) {
      Unavailable none = assertThrows(Unavailable.class, () -> member.client().get("/a"));
      assertTrue(
          none.getMessage().startsWith("cluster store " + member.url() + " does not answer: "),
          none::getMessage);
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNone() {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"kvs\":[";
    try (ScriptedMember member = ScriptedMember.answering(List.of(bytes(head)))) {
      assertThrows(Unavailable.class, () -> member.client().list("/"));
    }
  }

  @Test
  void anAnswerThatMakesNoSenseIsAskedOfTheNextMember() {
    String kv = "{\"kvs\":[{\"key\":\"L2E=\",\"value\":\"MQ==\"}]}";
    try (ScriptedMember first = ScriptedMember.answering(200, "<html>");
        ScriptedMember second = ScriptedMember.answering(200, kv)) {
      String both = first.url() + second.url().replace("etcd://", ",");
      EtcdClient client = new EtcdClient(EtcdEndpoint.parse(both), EtcdTls.NONE);
      assertEquals("1", client.get("/a").orElseThrow().value());
      assertFalse(client.list("/").entries().isEmpty());
    }
  }
}
