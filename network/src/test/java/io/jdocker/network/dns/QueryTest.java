package io.jdocker.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What containers send, well made or not. */
class QueryTest {
  private static ResponseCode problem(Messages message) {
    return Query.parse(message.build()).orElseThrow().problem();
  }

  @Test
  void aQuestionIsRead() {
    Query query = Messages.query("Web.Blue", 28);
    assertEquals(Messages.ID, query.id());
    assertEquals("web.blue", query.name());
    assertEquals(28, query.type());
    assertEquals(512, query.udpLimit());
    assertFalse(query.extended());
    assertEquals(ResponseCode.NOERROR, query.problem());
    byte[] sent = Messages.question("Web.Blue", 28).build();
    assertEquals(Octets.of(sent, 12, sent.length), query.question());
  }

  @ParameterizedTest(name = "offered {0}, taken {1}")
  @CsvSource({"0, 512", "511, 512", "1232, 1232", "4096, 4096", "65535, 4096"})
  void aClientSaysHowLongAnAnswerMayBe(int offered, int limit) {
    byte[] message =
        Messages.header(0x0100, 1, 0, 0, 1)
            .name("web")
            .number(1)
            .number(1)
            .octet(0)
            .number(RecordType.OPT)
            .number(offered)
            .number(0)
            .number(0)
            .number(0)
            .build();
    Query query = Query.parse(message).orElseThrow();
    assertEquals(limit, query.udpLimit());
    assertTrue(query.extended());
  }

  @Test
  void anotherAdditionalRecordIsPassedOver() {
    Messages message = Messages.header(0x0100, 1, 0, 0, 2).name("web").number(1).number(1);
    message.name("key").number(250).number(255).number(0).number(0).number(3);
    message.octet(1).octet(2).octet(3);
    message.octet(0).number(RecordType.OPT).number(2000).number(0).number(0).number(0);
    assertEquals(2000, Query.parse(message.build()).orElseThrow().udpLimit());
  }

  @Test
  void theRootHasAName() {
    assertEquals(
        "",
        Query.parse(Messages.header(0, 1, 0, 0, 0).octet(0).number(2).number(1).build())
            .orElseThrow()
            .name());
  }

  @Test
  void aDotInsideOfALabelIsNoBorder() {
    Messages message =
        Messages.header(0, 1, 0, 0, 0).label("web.blue").octet(0).number(1).number(1);
    assertEquals("web\\.blue", Query.parse(message.build()).orElseThrow().name());
  }

  @Test
  void answersAndFragmentsAreNotAnswered() {
    assertEquals(Optional.empty(), Query.parse(new byte[0]));
    assertEquals(Optional.empty(), Query.parse(new byte[11]));
    assertEquals(
        Optional.empty(),
        Query.parse(Messages.header(Query.FLAG_RESPONSE, 1, 0, 0, 0).name("web").build()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 15}) // inverse query, status, notify, update, the last one
  void onlyPlainQueriesAreKnown(int opcode) {
    Messages message = Messages.header(opcode << 11, 1, 0, 0, 0).name("web").number(1).number(1);
    assertEquals(ResponseCode.NOTIMP, problem(message));
  }

  @Test
  void chaosIsRefused() {
    // "version.bind CH TXT" asks a server who made it.
    Messages message = Messages.header(0, 1, 0, 0, 0).name("version.bind").number(16).number(3);
    assertEquals(ResponseCode.REFUSED, problem(message));
  }

  @Test
  void whatIsNotOneQuestionIsMalformed() {
    for (int[] counts : new int[][] {{0, 0, 0}, {2, 0, 0}, {1, 1, 0}, {1, 0, 1}, {65535, 0, 0}}) {
      Messages message =
          Messages.header(0, counts[0], counts[1], counts[2], 0).name("web").number(1).number(1);
      assertEquals(ResponseCode.FORMERR, problem(message), Arrays.toString(counts));
    }
  }

  @Test
  void namesThatEndNowhereAreMalformed() {
    Messages head = Messages.header(0, 1, 0, 0, 0);
    assertEquals(ResponseCode.FORMERR, problem(head), "none");
    assertEquals(ResponseCode.FORMERR, problem(Messages.header(0, 1, 0, 0, 0).octet(63)));
    assertEquals(
        ResponseCode.FORMERR,
        problem(Messages.header(0, 1, 0, 0, 0).number(0xc00c).number(1).number(1)),
        "a pointer to itself");
    assertEquals(
        ResponseCode.FORMERR,
        problem(Messages.header(0, 1, 0, 0, 0).name("web").number(1)),
        "no class");
    assertEquals(
        ResponseCode.FORMERR,
        problem(Messages.header(0, 1, 0, 0, 0).octet(64).label("a".repeat(63)).octet(0)),
        "a label of 64");
  }

  @Test
  void aNameHas255OctetsAtMost() {
    String label = "a".repeat(63);
    String fits = label + "." + label + "." + label + "." + "a".repeat(61);
    assertEquals(ResponseCode.NOERROR, Messages.query(fits, 1).problem());
    assertEquals(ResponseCode.FORMERR, Messages.query(fits + "a", 1).problem());
  }

  @Test
  void additionalRecordsThatAreCutAreMalformed() {
    Messages message =
        Messages.header(0, 1, 0, 0, 1).name("web").number(1).number(1).octet(0).number(41);
    assertEquals(ResponseCode.FORMERR, problem(message));
    message.number(4096).number(0).number(0).number(9); // 9 octets of data that are not there
    assertEquals(ResponseCode.FORMERR, problem(message));
  }

  @Test
  void noGarbageDoesMoreThanBeRefused() {
    Random random = new Random(38);
    byte[] good =
        Messages.header(0x0100, 1, 0, 0, 1)
            .name("web.blue")
            .number(1)
            .number(1)
            .octet(0)
            .number(41)
            .number(4096)
            .number(0)
            .number(0)
            .number(0)
            .build();
    for (int i = 0; i < 200_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 8));
      for (int changes = random.nextInt(4); changes > 0 && bad.length > 0; changes--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Query.parse(bad).ifPresent(q -> assertTrue(q.name().length() <= 2 * 255));
    }
  }
}
