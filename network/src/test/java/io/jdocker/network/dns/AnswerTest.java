package io.jdocker.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Ip;
import io.jdocker.network.Ipv4;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTest {
  private static final Query PLAIN = Messages.query("Web", 1);

  private static List<Ip> addresses(int count) {
    return IntStream.range(0, count).<Ip>mapToObj(Ipv4.of("10.0.0.0")::plus).toList();
  }

  @Test
  void anAddressByteByByte() {
    assertEquals(
        "1267"
            + "8180" // the query's id; answer, recursion desired and available
            + "0001000100000000"
            + "0357656200"
            + "00010001" // the question as it was sent, capitals and all
            + "c00c"
            + "00010001"
            + "00000258"
            + "0004"
            + "0a000007",
        HexFormat.of().formatHex(Answer.addresses(PLAIN, List.of(Ipv4.of("10.0.0.7")), 512)));
  }

  @Test
  void aPointerByteByByte() {
    Query query = Messages.query("7.0.0.10.in-addr.arpa", 12);
    String hex = HexFormat.of().formatHex(Answer.pointer(query, "web.blue", 512));
    assertTrue(
        hex.endsWith("c00c" + "000c0001" + "00000258" + "000a" + "0377656204626c756500"), hex);
  }

  @ParameterizedTest
  @EnumSource(ResponseCode.class)
  void anEmptyAnswerSaysWhy(ResponseCode code) {
    byte[] answer = Answer.empty(PLAIN, code);
    assertEquals(code.number(), Messages.code(answer));
    assertEquals(0, Messages.answers(answer));
    assertFalse(Messages.isCut(answer));
  }

  @Test
  void whoDoesNotDesireRecursionIsToldThatItWouldBeThere() {
    Query query =
        Query.parse(Messages.header(0, 1, 0, 0, 0).name("web").number(1).number(1).build())
            .orElseThrow();
    assertEquals(0x8080, Messages.number(Answer.empty(query, ResponseCode.NOERROR), 2));
  }

  /** 12 of header, 9 of question, 16 a record. */
  @ParameterizedTest(name = "{0} records in {1} octets: {2}, cut: {3}")
  @CsvSource({
    "1,  512,   1,  false",
    "30, 512,   30, false",
    "31, 512,   30, true",
    "31, 517,   31, false",
    "40, 65535, 40, false",
    "1,  36,    0,  true"
  })
  void whatDoesNotFitIsCutBetweenRecords(int records, int limit, int kept, boolean cut) {
    byte[] answer = Answer.addresses(PLAIN, addresses(records), limit);
    assertEquals(kept, Messages.answers(answer));
    assertEquals(cut, Messages.isCut(answer));
    assertEquals(12 + 9 + 16 * kept, answer.length);
    assertTrue(answer.length <= limit);
  }

  @Test
  void whoSpeaksEdnsIsAnsweredInIt() {
    Query query = new Query(1, 0, "web", 1, 1232, true, PLAIN.question(), ResponseCode.NOERROR);
    String hex = HexFormat.of().formatHex(Answer.addresses(query, addresses(1), 1232));
    assertTrue(hex.endsWith("00" + "0029" + "1000" + "00000000" + "0000"), hex);
    assertEquals(1, Messages.number(HexFormat.of().parseHex(hex), 10));
    assertTrue(
        Answer.addresses(query, addresses(99), 512).length <= 512, "its own record has room");
  }

  @Test
  void aQuestionThatCouldNotBeReadIsNotRepeated() {
    Query broken = Query.parse(Messages.header(0, 9, 0, 0, 0).build()).orElseThrow();
    byte[] answer = Answer.empty(broken, broken.problem());
    assertEquals(12, answer.length);
    assertEquals(0, Messages.number(answer, 4));
    assertEquals(Messages.ID, Messages.number(answer, 0));
  }
}
