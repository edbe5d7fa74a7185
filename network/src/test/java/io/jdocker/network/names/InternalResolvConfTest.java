package io.jdocker.network.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.network.NamesSpec;
import io.jdocker.network.dns.Upstreams;
import io.jdocker.network.dns.Upstreams.Server;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** resolv.conf on user-defined networks, and where the engine's name server goes from there. */
class InternalResolvConfTest {
  private static NamesSpec spec(List<String> dns, List<String> search, List<String> options) {
    return new NamesSpec(Path.of("/x"), "box", "", List.of(), dns, search, options);
  }

  private static final NamesSpec PLAIN = spec(List.of(), List.of(), List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the host's file                                  | the container's
        "nameserver 1.1.1.1;                                | nameserver 127.0.0.11;options ndots:0;",
        "search lan;nameserver 1.1.1.1;options edns0;       | search lan;nameserver 127.0.0.11;options edns0 ndots:0;",
        "options ndots:2;                                   | nameserver 127.0.0.11;options ndots:2;",
        "#;                                                 | nameserver 127.0.0.11;options ndots:0;",
      })
  void theServerIsTheEnginesAndTheRestTheHosts(String host, String expected) {
    assertEquals(expected.replace(';', '\n'), ResolvConf.internal(host.replace(';', '\n'), PLAIN));
  }

  @Test
  void chosenValuesCount() {
    assertEquals(
        "search a.example b.example\nnameserver 127.0.0.11\noptions rotate ndots:0\n",
        ResolvConf.internal(
            "search lan\n",
            spec(List.of("9.9.9.9"), List.of("a.example", "b.example"), List.of("rotate"))));
    assertEquals(
        "nameserver 127.0.0.11\noptions ndots:0\n",
        ResolvConf.internal("search lan\n", spec(List.of(), List.of("."), List.of())));
  }

  @Test
  void theHostsServersAreAskedBehindIt() {
    Upstreams upstreams =
        ResolvConf.upstreams("nameserver 10.0.0.53\nnameserver 127.0.0.53\n", PLAIN, true);
    assertEquals(
        List.of(new Server("10.0.0.53", false), new Server("127.0.0.53", true)),
        upstreams.servers(),
        "one on the host's loopback is asked by the host");
  }

  @Test
  void chosenServersReplaceTheHostsAndAreAskedByTheContainer() {
    Upstreams upstreams =
        ResolvConf.upstreams(
            "nameserver 10.0.0.53\n",
            spec(List.of("127.0.0.1", "fd00::53"), List.of(), List.of()),
            true);
    assertEquals(
        List.of(new Server("127.0.0.1", false), new Server("fd00::53", false)),
        upstreams.servers());
  }

  @Test
  void noMoreThanThreeServersAndNeverNone() {
    String many = "nameserver 10.0.0.1\n".repeat(9);
    assertEquals(3, ResolvConf.upstreams(many, PLAIN, true).servers().size());
    assertEquals(
        List.of(new Server("8.8.8.8", false), new Server("8.8.4.4", false)),
        ResolvConf.upstreams("", PLAIN, true).servers());
  }

  @ParameterizedTest(name = "option {0}: single labels go out: {1}")
  @CsvSource({"rotate, true", "ndots:0, true", "ndots:1, false", "ndots:15, false"})
  void whoChoseNdotsComesAgainWithADomain(String option, boolean singleLabels) {
    NamesSpec spec = spec(List.of(), List.of(), List.of(option));
    assertEquals(singleLabels, ResolvConf.upstreams("", spec, true).singleLabels());
  }
}
