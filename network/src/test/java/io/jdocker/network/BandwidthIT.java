package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fast a container may be on a network. */
final class BandwidthIT extends DualStackFixture {
  private static EndpointSpec limited(Map<String, String> options) {
    return new EndpointSpec(
        "blue", Optional.empty(), Optional.empty(), List.of(), 0, Optional.empty(), options);
  }

  private Sandbox attach(int number, Map<String, String> options, Trace trace) {
    return host.attach(request(number, List.of(), limited(options)), trace);
  }

  @Test
  void bothEndsSendNoFasterThanSaid() {
    host.with(n -> n.create(NetworkSpec.bridge("blue")));
    Trace trace = Trace.on();
    Sandbox one = attach(1, Map.of(Bandwidth.RATE, "16mbit", Bandwidth.RATE_OUT, "8Mbit"), trace);
    String outside =
        host.machines().shell("tc qdisc show dev " + one.endpoints().get(0).hostLink()).output();
    assertTrue(outside.contains("tbf") && outside.contains("rate 16Mbit"), outside);
    String inside = host.in(one, "tc qdisc show dev eth0").output();
    assertTrue(inside.contains("tbf") && inside.contains("rate 8Mbit"), inside);
    String script =
        trace.entries().stream().flatMap(e -> e.shell().stream()).collect(Collectors.joining("\n"));
    assertTrue(script.contains("root tbf rate 16000000bit"), script);

    // Two million bytes at two million a second, less the burst that may go at once.
    host.serve(one, () -> TestServer.tcp(9000, TestServer::count));
    long start = System.nanoTime();
    byte[] sent = new byte[2_000_000];
    host.machines().run(() -> TestServer.askTcp(four(one), 9000, sent));
    assertTrue(System.nanoTime() - start > 500_000_000L, "half the time it takes at that rate");

    Sandbox free = attach(2, Map.of(), Trace.off());
    assertFalse(host.in(free, "tc qdisc show dev eth0").output().contains("tbf"));
  }

  @Test
  void aLimitStaysWhenTheEngineComesBackAndComesWithAConnection() {
    host.with(n -> n.create(NetworkSpec.bridge("blue")));
    host.attachBridge(1);
    host.with(n -> n.connect(TestHost.id(1), "blue", limited(Map.of(Bandwidth.RATE_IN, "1gbit"))));
    host.stop();
    host.start(NetworkOptions.of(root).withSpareNamespaces(0), java.util.Set.of(TestHost.id(1)));
    Endpoint blue = host.with(n -> n.find(TestHost.id(1)).orElseThrow()).endpoints().get(1);
    assertEquals(new Bandwidth(1_000_000_000L, 0), blue.bandwidth());
    String outside = host.machines().shell("tc qdisc show dev " + blue.hostLink()).output();
    assertTrue(outside.contains("rate 1Gbit"), outside);
  }

  @ParameterizedTest
  @CsvSource({
    "rate, fast",
    "rate, 0bit",
    "rate, 7kbit",
    "rate-in, 101gbit",
    "rate-out, 10",
    "rate-out, -1mbit",
    "rate-in, 10mbyte",
  })
  void whatIsNoRateIsRefused(String option, String text) {
    String told =
        assertThrows(
                InvalidArgument.class,
                () -> Bandwidth.of(Map.of("io.jdocker.network." + option, text)))
            .getMessage();
    assertTrue(told.contains('"' + text + '"'), told);
  }

  @Test
  void anOptionNobodyKnowsIsRefusedAndLeavesNothing() {
    host.with(n -> n.create(NetworkSpec.bridge("blue")));
    assertThrows(Unsupported.class, () -> attach(1, Map.of("x.y", "z"), Trace.off()));
    assertThrows(InvalidArgument.class, () -> attach(1, Map.of(Bandwidth.RATE, "x"), Trace.off()));
    assertTrue(four(attach(1, Map.of(), Trace.off())).endsWith(".2"), "no address was lost");
  }
}
