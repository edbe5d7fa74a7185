package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.testing.HostNamespaces;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that go on to the container's own servers. */
@DisplayName("network.md row 38: what the engine does not know itself")
class NameForwardingIT extends NameServerFixture {
  @Test
  void theRestOfTheWorldIsAskedFromTheContainersNamespace() {
    serve(HostNamespaces.REMOTE, "peer");
    Sandbox one = attach(1, "blue");
    // Through the bridge, so with the host's address; by TCP no other way.
    assertEquals("NOERROR 203.0.113.1", ask(one, "example.org A"));
    assertEquals("NOERROR 203.0.113.1", ask(one, "example.org A tcp"));
    host.in(one, "iptables -A OUTPUT -d 203.0.113.2 -j REJECT");
    assertEquals("SERVFAIL", ask(one, "example.org A"), "the container's own rules hold");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "silent", "refused"})
  void theNextServerIsAskedWhenOneDoesNotHelp(String trouble) {
    if (!trouble.equals("refused")) {
      serve("203.0.113.3", trouble);
    } else {
      host.machines().remoteShell("ip address add 203.0.113.3/32 dev eth0");
    }
    serve(HostNamespaces.REMOTE, "serve");
    Sandbox one = attach(names(1, "203.0.113.3", HostNamespaces.REMOTE));
    assertEquals("NOERROR 198.51.100.7", ask(one, "example.org A"));
    assertEquals("NOERROR 198.51.100.7", ask(one, "example.org A tcp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.3", "192.0.2.1"}) // nobody there; no route to it
  void withoutAnyServerTheClientIsTold(String server) {
    Sandbox one = attach(names(1, server));
    assertEquals("SERVFAIL", ask(one, "example.org A"));
  }

  @Test
  void whatAServerCutIsFetchedWholeByTcp() {
    serve(HostNamespaces.REMOTE, "short");
    Sandbox one = attach(1, "blue");
    assertEquals("NOERROR tc", ask(one, "example.org A"));
    assertEquals("NOERROR 198.51.100.7", ask(one, "example.org A tcp"));
  }

  @Test
  void anAnswerToSomethingElseIsNotPassedOn() {
    serve(HostNamespaces.REMOTE, "forged");
    assertEquals("NOERROR 198.51.100.7", ask(attach(1, "blue"), "example.org A"));
  }

  @Test
  void anInternalNetworkAnswersAtOnceAndAsksNobody() {
    serve(HostNamespaces.REMOTE, "serve");
    NetworkSpec internal =
        new NetworkSpec(
            "in",
            "bridge",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            true,
            false,
            false,
            Map.of(),
            Map.of());
    host.with(n -> n.create(internal));
    Sandbox one = attach(1, "in");
    attach(2, "in");
    assertTrue(ask(one, "c2 A").startsWith("NOERROR 172."));
    assertEquals("SERVFAIL", ask(one, "example.org A wait=1"));
  }
}
