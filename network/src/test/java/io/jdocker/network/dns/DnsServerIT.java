package io.jdocker.network.dns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.Ipv4;
import io.jdocker.network.dns.Upstreams.Server;
import io.jdocker.network.namespace.Namespaces;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The name server of one container, asked octet by octet in a namespace that has nothing but a
 * loopback link; on this stand also the servers that it asks itself.
 */
class DnsServerIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final int PORT = 40053;
  private static final String FIRST = "127.0.1.1";
  private static final String SECOND = "127.0.1.2";

  @TempDir private Path folder;
  private final NameIndex index = new NameIndex();
  private final ContainerNames names = new ContainerNames(index, Map.of());
  private final List<UpstreamOnLoopback> upstreams = new ArrayList<>();
  private Namespaces namespaces;
  private LoopbackClient client;
  private DnsServer server;
  private ServedContainer served;

  @BeforeEach
  void open() {
    namespaces = new Namespaces(KERNEL, folder.resolve("pins"), folder.resolve("names"), 0);
    namespaces.create("c1", "x", Trace.off()).close();
    client = new LoopbackClient(KERNEL, namespaces.pin("c1"), PORT);
    index.put("n1", "webid", List.of(Ipv4.of("10.1.0.2")), List.of("web", "shop"));
    index.put("n1", "apiid", List.of(Ipv4.of("10.1.0.3")), List.of("api", "shop"));
    names.networks(Map.of("n1", "blue"));
    server = new DnsServer(KERNEL);
    served = open(PORT, servers(true, true, FIRST, SECOND));
    server.serve("c1", served);
  }

  @AfterEach
  void close() {
    server.close();
    upstreams.forEach(UpstreamOnLoopback::close);
    namespaces.remove("c1");
    namespaces.close();
  }

  private ServedContainer open(int port, Upstreams asked) {
    return ServedContainer.open(KERNEL, namespaces.pin("c1"), port, names, asked);
  }

  private static Upstreams servers(boolean reachable, boolean singleLabels, String... addresses) {
    List<Server> servers = Arrays.stream(addresses).map(a -> new Server(a, false)).toList();
    return new Upstreams(servers, reachable, singleLabels);
  }

  private UpstreamOnLoopback upstream(String address, String behaviour) {
    UpstreamOnLoopback upstream = client.within(() -> new UpstreamOnLoopback(address, behaviour));
    upstreams.add(upstream);
    return upstream;
  }

  private byte[] ask(String how, String name, int type) {
    byte[] question = Messages.question(name, type).build();
    return how.equals("tcp") ? client.tcp(question) : client.udp(question);
  }

  /** {@code CODE records} of an answer, after a look at the rest of its header. */
  private static String told(byte[] answer) {
    assertEquals(Messages.ID, Messages.number(answer, 0));
    assertTrue((Messages.number(answer, 2) & Query.FLAG_RESPONSE) != 0);
    ResponseCode code =
        Arrays.stream(ResponseCode.values())
            .filter(c -> c.number() == Messages.code(answer))
            .findFirst()
            .orElseThrow();
    return code + " " + Messages.answers(answer);
  }

  @ParameterizedTest(name = "{0} type {1}: {2}")
  @CsvSource({
    "web, 1, NOERROR 1", // A
    "WEB, 1, NOERROR 1",
    "web.blue, 1, NOERROR 1",
    "shop, 1, NOERROR 2",
    "web, 28, NOERROR 0", // AAAA
    "web, 15, NOERROR 0", // MX
    "web, 16, NOERROR 0", // TXT
    "web, 65, NOERROR 0", // HTTPS, which browsers ask for beside A
    "web, 65280, NOERROR 0", // a type of private use
    "web, 255, NOERROR 1", // ANY
    "3.0.1.10.in-addr.arpa, 12, NOERROR 1", // PTR
    "3.0.1.10.IN-ADDR.ARPA, 12, NOERROR 1",
  })
  void whatTheEngineKnowsIsToldByBothProtocols(String name, int type, String expected) {
    assertEquals(expected, told(ask("udp", name, type)));
    assertEquals(expected, told(ask("tcp", name, type)));
  }

  @Test
  void theQuestionComesBackAsItWasSent() {
    byte[] question = Messages.question("wEb.BlUe", 1).build();
    byte[] answer = client.udp(question);
    assertArrayEquals(
        Arrays.copyOfRange(question, 12, question.length),
        Arrays.copyOfRange(answer, 12, question.length));
  }

  @ParameterizedTest(name = "{0} times by {1}")
  @CsvSource({"1, udp", "1, tcp", "2, udp", "2, tcp"})
  void whatTheEngineDoesNotKnowGoesToTheFirstServer(int times, String how) {
    UpstreamOnLoopback first = upstream(FIRST, "answer");
    UpstreamOnLoopback second = upstream(SECOND, "answer");
    for (int i = 0; i < times; i++) {
      assertEquals("NOERROR 1", told(ask(how, "example.org", 1)));
    }
    assertEquals(times, first.asked(), "no answer is kept: the server's own time to live counts");
    assertEquals(0, second.asked());
  }

  @ParameterizedTest(name = "{0} by {1}")
  @CsvSource({
    "SERVFAIL, udp",
    "SERVFAIL, tcp",
    "REFUSED, udp",
    "REFUSED, tcp",
    "absent, udp",
    "absent, tcp"
  })
  void theNextOneIsAskedWhereAServerFails(String trouble, String how) {
    if (!trouble.equals("absent")) {
      upstream(FIRST, trouble);
    }
    UpstreamOnLoopback second = upstream(SECOND, "answer");
    assertEquals("NOERROR 1", told(ask(how, "example.org", 1)));
    assertEquals(1, second.asked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NXDOMAIN", "NOERROR", "FORMERR", "NOTIMP"})
  void anyOtherAnswerIsTheLastWord(String code) {
    upstream(FIRST, code);
    UpstreamOnLoopback second = upstream(SECOND, "answer");
    assertEquals(code + " 0", told(ask("udp", "example.org", 1)));
    assertEquals(0, second.asked());
  }

  @Test
  void theLastServersFailureIsPassedOnAsItIs() {
    upstream(FIRST, "SERVFAIL");
    upstream(SECOND, "REFUSED");
    assertEquals("REFUSED 0", told(ask("udp", "example.org", 1)));
  }

  @Test
  void withoutAnyServerTheClientIsToldAtOnce() {
    assertEquals("SERVFAIL 0", told(ask("udp", "example.org", 1)));
    assertEquals("SERVFAIL 0", told(ask("tcp", "example.org", 1)));
    served.upstreams(servers(true, true));
    assertEquals("SERVFAIL 0", told(ask("udp", "example.org", 1)), "an empty list");
  }

  @Test
  void onAnInternalNetworkNobodyIsAskedAndTheOwnNamesAreTold() {
    UpstreamOnLoopback first = upstream(FIRST, "answer");
    served.upstreams(servers(false, true, FIRST));
    assertEquals("SERVFAIL 0", told(ask("udp", "example.org", 1)));
    assertEquals("NOERROR 1", told(ask("udp", "web", 1)));
    assertEquals(0, first.asked());
    served.upstreams(servers(true, true, FIRST)); // it was connected to a network with a way out
    assertEquals("NOERROR 1", told(ask("udp", "example.org", 1)));
  }

  @ParameterizedTest(name = "{0} with single labels kept: {1} -> {2}")
  @CsvSource({
    "nobody, true, NOERROR 1, 1", // as dockerd: a server may know it
    "nobody, false, NXDOMAIN 0, 0", // ndots was chosen: the client appends its search domain
    "nobody.example.org, false, NOERROR 1, 1",
    "web, false, NOERROR 1, 0",
  })
  void namesWithoutADot(String name, boolean kept, String expected, int asked) {
    UpstreamOnLoopback first = upstream(FIRST, "answer");
    served.upstreams(servers(true, kept, FIRST));
    assertEquals(expected, told(ask("udp", name, 1)));
    assertEquals(asked, first.asked());
  }

  @Test
  void onlyThreeServersAreAsked() {
    UpstreamOnLoopback fourth = upstream("127.0.1.4", "answer");
    served.upstreams(servers(true, true, FIRST, SECOND, "127.0.1.3", "127.0.1.4"));
    assertEquals("SERVFAIL 0", told(ask("udp", "example.org", 1)));
    assertEquals(0, fourth.asked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"other id", "a query"})
  void whatIsNoAnswerToTheQuestionIsPassedOver(String behaviour) {
    upstream(FIRST, behaviour + ", then answer");
    assertEquals("NOERROR 1", told(ask("udp", "example.org", 1)));
  }

  @Test
  void anAnswerThatWasCutIsPassedOnForTheClientToComeByTcp() {
    upstream(FIRST, "cut");
    assertTrue(Messages.isCut(ask("udp", "example.org", 1)));
    byte[] whole = ask("tcp", "example.org", 1);
    assertFalse(Messages.isCut(whole));
    assertEquals("NOERROR 1", told(whole));
  }

  @Test
  void moreAddressesThanFitADatagramComeWholeByTcp() {
    IntStream.range(0, 60)
        .forEach(
            i -> index.put("n1", "r" + i, List.of(Ipv4.of("10.1.1.0").plus(i)), List.of("many")));
    byte[] cut = ask("udp", "many", 1);
    assertTrue(Messages.isCut(cut));
    assertTrue(cut.length <= 512, "" + cut.length);
    assertEquals("NOERROR 60", told(ask("tcp", "many", 1)));
  }

  @ParameterizedTest(name = "opcode and counts {0} {1}: {2}")
  @CsvSource({
    "0x0100, 2, FORMERR", // two questions
    "0x0100, 0, FORMERR",
    "0x2800, 1, NOTIMP", // an update
  })
  void whatCannotBeAnsweredIsSaid(String flags, int questions, String code) {
    byte[] message =
        Messages.header(Integer.decode(flags), questions, 0, 0, 0)
            .name("web")
            .number(1)
            .number(1)
            .name("api")
            .number(1)
            .number(1)
            .build();
    assertEquals(code + " 0", told(client.udp(message)));
    assertEquals(code + " 0", told(client.tcp(message)));
  }

  @Test
  void garbageIsPassedOverAndTheServerGoesOn() {
    client.udpWithoutAnswer(new byte[0]);
    client.udpWithoutAnswer(new byte[] {1, 2, 3});
    client.udpWithoutAnswer(Messages.header(Query.FLAG_RESPONSE, 1, 0, 0, 0).name("web").build());
    assertEquals("NOERROR 1", told(ask("udp", "web", 1)));
  }

  @Test
  void oneConnectionCarriesManyQuestionsHoweverTheyAreCut() throws IOException {
    byte[] one = Frames.framed(Messages.question("web", 1).build());
    byte[] two = Frames.framed(Messages.question("shop", 1).build());
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    try (Socket socket = client.connect()) {
      DataInputStream answers = new DataInputStream(socket.getInputStream());
      socket.getOutputStream().write(both); // two in one segment
      assertEquals("NOERROR 1", told(LoopbackClient.framed(answers)));
      assertEquals("NOERROR 2", told(LoopbackClient.framed(answers)));
      for (byte octet : one) { // each octet in its own
        socket.getOutputStream().write(octet);
      }
      assertEquals("NOERROR 1", told(LoopbackClient.framed(answers)));
      socket.shutdownOutput();
      assertEquals(-1, answers.read(), "and it ends when the client has no more");
    }
  }

  @Test
  void aClientThatBreaksOffHarmsNobody() throws IOException {
    upstream(FIRST, "answer");
    for (int i = 0; i < 40; i++) { // more than are held at a time
      try (Socket socket = client.connect()) {
        socket.getOutputStream().write(new byte[] {0, 99, 1});
      }
    }
    assertEquals("NOERROR 1", told(ask("tcp", "web", 1)));
    assertEquals("NOERROR 1", told(ask("tcp", "example.org", 1)));
  }

  @Test
  void aPortThatTheContainerUsesIsToldAndNothingStaysOpen() throws IOException {
    SyscallException taken =
        assertThrows(SyscallException.class, () -> open(PORT, servers(true, true)));
    assertTrue(taken.is(Errno.EADDRINUSE));
    server.end("c1");
    open(PORT, servers(true, true)).close();
  }

  @Test
  void whoIsEndedIsAnsweredNoMoreAndTheOthersAre() {
    server.serve("c2", open(PORT + 1, servers(true, true)));
    server.end("c1");
    server.end("c1");
    assertThrows(UncheckedIOException.class, () -> ask("tcp", "web", 1), "refused");
    LoopbackClient other = new LoopbackClient(KERNEL, namespaces.pin("c1"), PORT + 1);
    assertEquals("NOERROR 1", told(other.tcp(Messages.question("web", 1).build())));
    assertTrue(server.find("c1").isEmpty());
    assertTrue(server.find("c2").isPresent());
  }

  @Test
  void theThreadThatEndedWithTheLastContainerStartsAgainWithTheNext() {
    server.end("c1");
    server.serve("c1", open(PORT, servers(true, true)));
    assertEquals("NOERROR 1", told(ask("udp", "web", 1)));
  }
}
