package io.jdocker.network.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.network.Ip;
import io.jdocker.network.Ipv4;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered here, and what is left for others. */
class ResponderTest {
  private final Responder responder = new Responder();

  /** One container, web, at two addresses. */
  private static final Names WEB =
      new Names() {
        @Override
        public List<Ip> addresses(String name) {
          return name.equals("web") ? List.of(Ipv4.of("10.0.0.2"), Ipv4.of("10.0.0.3")) : List.of();
        }

        @Override
        public Optional<String> pointer(Ip address) {
          return address.equals(Ipv4.of("10.0.0.2")) ? Optional.of("web.blue") : Optional.empty();
        }
      };

  /** Records in the answer; -1 where somebody else is to be asked. */
  private int records(String name, int type) {
    return responder.answer(Messages.query(name, type), WEB, 512).map(Messages::answers).orElse(-1);
  }

  @ParameterizedTest(name = "{0} type {1}: {2} records")
  @CsvSource({
    "web, 1, 2", // A
    "web, 255, 2", // ANY
    "web, 28, 0", // AAAA: the name is there, the address not
    "web, 33, 0", // SRV
    "other, 1, -1",
    "other, 28, -1",
    "2.0.0.10.in-addr.arpa, 12, 1",
    "2.0.0.10.in-addr.arpa, 255, 1",
    "2.0.0.10.in-addr.arpa, 1, 0",
    "9.0.0.10.in-addr.arpa, 12, -1",
    "0.0.10.in-addr.arpa, 12, -1", // a whole network
    "256.0.0.10.in-addr.arpa, 12, -1",
    "02.0.0.10.in-addr.arpa, 12, -1",
    "x.2.0.0.10.in-addr.arpa, 12, -1",
    "in-addr.arpa, 12, -1",
  })
  void answers(String name, int type, int expected) {
    assertEquals(expected, records(name, type));
  }

  @Test
  void whatIsMalformedIsRefusedHere() {
    Query broken = Query.parse(Messages.header(0, 0, 0, 0, 0).build()).orElseThrow();
    byte[] answer = responder.answer(broken, WEB, 512).orElseThrow();
    assertEquals(ResponseCode.FORMERR.number(), Messages.code(answer));
  }

  @Test
  void everyAddressComesFirstSometimes() {
    Set<Byte> first = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      byte[] answer = responder.answer(Messages.query("web", 1), WEB, 512).orElseThrow();
      first.add(answer[12 + 9 + 15]);
    }
    assertEquals(Set.of((byte) 2, (byte) 3), first);
  }
}
