package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.NetworkingSpec.PublishedPort;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.testing.TestEngine.Outcome;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container sees of its network, and what the host sees of the container. */
final class ContainerNetworkIT {
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private static NetworkingSpec on(String mode) {
    return NetworkingSpec.standard(mode);
  }

  @Test
  @DisplayName("network.md row 26: on the host's network a taken port is the program's own trouble")
  void portsOfTheHostAreTheProgramsOwn() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Outcome outcome =
          test.run(
              Specs.shell("exec httpd -f -p " + taken.getLocalPort())
                  .networking(on("host"))
                  .spec());
      assertNotEquals(0, outcome.exitCode());
      assertTrue(outcome.stderr().contains("Address already in use"), outcome.stderr());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hostname | hostname and the network mode",
        "dns      | dns and the network mode",
        "hosts    | custom host-to-IP mapping and the network mode",
        "mac      | mac-address and the network mode",
        "ports    | port publishing and the container type network mode",
        "all      | port publishing and the container type network mode",
      })
  @DisplayName("network.md row 29: what a joined network cannot have is refused in Docker's words")
  void whatAJoinedNetworkCannotHave(String option, String words) {
    boolean all = option.equals("all");
    NetworkingSpec network =
        new NetworkingSpec(
            "container:other",
            Map.of(),
            option.equals("ports") ? List.of(new PublishedPort("80/tcp", "", "8080")) : List.of(),
            all,
            List.of(),
            option.equals("dns") ? List.of("10.0.0.1") : List.of(),
            List.of(),
            List.of(),
            option.equals("hosts") ? List.of("a:10.0.0.1") : List.of(),
            option.equals("mac") ? "02:42:ac:11:00:02" : "");
    Specs specs = Specs.run("true").networking(network);
    Specs wish = option.equals("hostname") ? specs.hostname("box") : specs;
    String told =
        assertThrows(
                InvalidArgument.class, () -> test.engine().containers().create("", wish.spec()))
            .getMessage();
    assertEquals("conflicting options: " + words, told);
  }

  @Test
  @DisplayName("network.md row 36: /etc/hosts to the byte, by mode")
  void hostsFile() throws Exception {
    String localhost =
        """
        127.0.0.1\tlocalhost
        ::1\tlocalhost ip6-localhost ip6-loopback
        fe00::0\tip6-localnet
        ff00::0\tip6-mcastprefix
        ff02::1\tip6-allnodes
        ff02::2\tip6-allrouters
        """;
    Outcome bridged =
        test.run(
            Specs.shell("cat /etc/hosts; ip -4 -o addr show eth0 | sed 's/.*inet //; s/\\/.*//'")
                .hostname("box")
                .networking(on("bridge"))
                .spec());
    String address = bridged.stdout().lines().reduce((first, last) -> last).orElseThrow();
    assertEquals(localhost + address + "\tbox\n" + address + "\n", bridged.stdout());
    Outcome none =
        test.run(Specs.run("cat", "/etc/hosts").hostname("box").networking(on("none")).spec());
    assertEquals(localhost, none.stdout());
    Outcome host = test.run(Specs.run("cat", "/etc/hosts").networking(on("host")).spec());
    assertEquals(Files.readString(Path.of("/etc/hosts")), host.stdout());
  }

  @Test
  @DisplayName("network.md row 37: three files of its own, writable, gone with the container")
  void nameFiles() throws Exception {
    Container container =
        test.start(
            Specs.shell(
                    "for f in hosts hostname resolv.conf; do"
                        + " grep -c \" /etc/$f \" /proc/self/mountinfo;"
                        + " echo '# mine' >> /etc/$f || echo cannot; done; echo done; sleep 100")
                .networking(on("bridge"))
                .spec());
    test.awaitOutput(container, "done");
    String log = Files.readString(test.engine().containers().logFile(container));
    assertFalse(log.contains("cannot"), log);
    assertEquals(3, log.lines().filter(line -> line.contains("\"1\\n\"")).count(), log);
    Path folder = test.root().resolve("containers").resolve(container.id().hex());
    for (String file : List.of("hosts", "hostname", "resolv.conf")) {
      assertTrue(Files.readString(folder.resolve(file)).endsWith("# mine\n"), file);
    }
    test.engine().containers().remove(container.id().hex(), true, false);
    assertFalse(Files.exists(folder));
  }

  @Test
  @DisplayName("network.md row 43: lsns shows the container's namespaces with its process")
  void lsns() throws Exception {
    Container container = test.start(Specs.run("sleep", "100").networking(on("bridge")).spec());
    String pid = Integer.toString(container.state().pid());
    for (String type : List.of("net", "pid", "mnt")) {
      Process lsns =
          new ProcessBuilder("lsns", "-n", "-t", type, "-o", "PID")
              .redirectErrorStream(true)
              .start();
      String shown = new String(lsns.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertEquals(0, lsns.waitFor(), shown);
      assertTrue(shown.lines().anyMatch(line -> line.strip().equals(pid)), type + ": " + shown);
    }
  }
}
