package io.jdocker.cli.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.testing.HostNamespaces.Outcome;
import io.jdocker.linux.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is told where to listen and what to do: TLS, systemd's socket, SIGHUP, metrics. */
class ServerSettingsIT {
  private static final String TCP = "-H tcp://localhost:2376 ";

  @TempDir Path folder;
  private InstalledCommand machine;
  private Process daemon;

  @BeforeEach
  void install() throws IOException {
    machine = new InstalledCommand(folder);
  }

  @AfterEach
  void remove() throws InterruptedException {
    machine.close();
    if (daemon != null) {
      daemon.destroy();
      daemon.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private void start(String flags) throws InterruptedException {
    daemon = machine.start("exec jdocker daemon " + flags + " >" + folder + "/out 2>&1");
    await("jdocker daemon --status");
  }

  /** Until a command succeeds. */
  private void await(String command) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Outcome last = machine.sh(command);
    while (last.status() != 0 && System.nanoTime() < end) {
      Thread.sleep(50);
      last = machine.sh(command);
    }
    assertEquals(0, last.status(), command + ": " + last.output() + machine.sh("cat out").output());
  }

  @Test
  void tcpLetsInWhoHasACertificateAndNobodyElse() throws Exception {
    TestAuthority authority = TestAuthority.in(Files.createDirectory(folder.resolve("tls")));
    authority.issue("server", "rsa", "localhost");
    authority.issue("client", "ec", "client");
    TestAuthority.in(Files.createDirectory(folder.resolve("other")))
        .issue("client", "ec", "client");
    String unix = "-H unix://" + machine.root() + "/jdocker.sock ";
    start(
        unix
            + "-H tcp://127.0.0.1:2376 --tlsverify --tlscacert tls/ca.pem --tlscert tls/server.pem"
            + " --tlskey tls/server.key");
    machine.importImage();
    String own =
        TCP + "--tlsverify --tlscacert tls/ca.pem --tlscert tls/client.pem --tlskey tls/client.key";
    // A hijacked connection, with an end of input that is not the end of the output.
    assertEquals(
        new Outcome(0, "there and back"),
        machine.sh("echo there and back | jdocker " + own + " run -i --rm bb cat"));
    Files.createSymbolicLink(folder.resolve("tls/cert.pem"), Path.of("client.pem"));
    Files.createSymbolicLink(folder.resolve("tls/key.pem"), Path.of("client.key"));
    String variables = "DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=" + folder + "/tls ";
    assertEquals(0, machine.sh(variables + "jdocker " + TCP + "ps").status());
    assertEquals(
        new Outcome(0, "docker's"),
        machine.sh(
            variables + "HOME=" + folder + " docker " + TCP + "run --rm bb echo \"docker's\""));
    for (String stranger :
        new String[] {
          TCP,
          TCP + "--tls --tlscert other/client.pem --tlskey other/client.key",
          TCP
              + "--tlsverify --tlscacert other/ca.pem --tlscert tls/client.pem"
              + " --tlskey tls/client.key",
        }) {
      Outcome refused = machine.sh("jdocker " + stranger + " ps");
      assertNotEquals(0, refused.status(), stranger + ": " + refused.output());
      assertEquals(1, refused.output().lines().count(), refused.output());
    }
    assertEquals(0, machine.sh("jdocker ps").status(), "the daemon is unharmed");
    assertEquals(0, machine.sh("jdocker daemon --stop").status());
  }

  @Tag("nightly")
  @Test
  void tcpWithoutTlsIsRefusedUnlessItIsForced() throws Exception {
    Outcome refused = machine.sh("jdocker daemon -H tcp://127.0.0.1:2375");
    assertEquals(1, refused.status());
    assertTrue(refused.output().contains("--tls=false"), refused.output());
    daemon =
        machine.start(
            "exec jdocker daemon --tls=false -H tcp://127.0.0.1:2375 >" + folder + "/out 2>&1");
    await("JDOCKER_HOST=tcp://127.0.0.1:2375 jdocker -H tcp://127.0.0.1:2375 ps");
    Outcome info = machine.sh("jdocker -H tcp://127.0.0.1:2375 info");
    assertTrue(
        info.output().contains("WARNING: API is accessible on http://127.0.0.1:2375"),
        info.output());
    assertEquals(0, machine.sh("jdocker -H tcp://127.0.0.1:2375 daemon --stop").status());
  }

  /** As systemd does with a socket unit and StandardInput=socket. */
  @Tag("nightly")
  @Test
  void theSocketThatItIsStartedWithIsServed() throws Exception {
    Path socket = machine.root().resolve("jdocker.sock");
    Files.createDirectories(machine.root());
    Files.writeString(
        folder.resolve("activate.py"),
        """
        import os, socket, sys
        s = socket.socket(socket.AF_UNIX)
        s.bind(sys.argv[1])
        s.listen(9)
        os.dup2(s.fileno(), 0)
        os.execvp("jdocker", ["jdocker", "daemon", "-H", "fd://"])
        """);
    daemon = machine.start("exec python3 activate.py " + socket + " >" + folder + "/out 2>&1");
    await("jdocker daemon --status");
    assertEquals(0, machine.sh("jdocker daemon --stop").status());
    assertTrue(Files.exists(socket), "the file is systemd's");
    Outcome without = machine.sh("jdocker daemon -H fd:// </dev/null");
    assertEquals(1, without.status());
    assertTrue(without.output().contains("there is none"), without.output());
  }

  @Test
  void aHangupReadsTheSettingsAgain() throws Exception {
    Files.createDirectories(machine.root());
    Path file = machine.root().resolve("daemon.json");
    Files.writeString(file, "{\"labels\":[\"a=1\"],\"log-format\":\"json\"}");
    start("");
    assertEquals("[a=1]", machine.sh("jdocker info -f '{{.Labels}}'").output());
    Files.writeString(
        file,
        "{\"labels\":[\"a=2\"],\"log-format\":\"json\",\"bip\":\"10.77.0.1/24\","
            + "\"log-driver\":\"local\",\"registry-mirrors\":[\"http://127.0.0.1:9\"]}");
    machine.sh("kill -HUP " + daemon.pid());
    await("jdocker info -f '{{.Labels}}' | grep -qF '[a=2]'");
    assertEquals("local", machine.sh("jdocker info -f '{{.LoggingDriver}}'").output());
    await("jdocker events --since 0 --until 0s --filter type=daemon | grep -q reload");
    String log = machine.sh("cat out").output();
    assertTrue(log.contains("\"msg\":\"the configuration was read again\""), log);
    assertTrue(log.contains("only a restart takes over"), log);
    Files.writeString(file, "{\"nosuch\":1}");
    machine.sh("kill -HUP " + daemon.pid());
    await("grep -q 'match any configuration option: nosuch' out");
    assertEquals("[a=2]", machine.sh("jdocker info -f '{{.Labels}}'").output());
  }

  @Tag("nightly")
  @Test
  void figuresForPrometheus() throws Exception {
    start("--metrics-addr 127.0.0.1:9323");
    machine.importImage();
    assertEquals(0, machine.sh("jdocker network create own").status());
    Outcome ran =
        machine.sh(
            "jdocker run -d --name up --network own -p 8088:80 bb sleep 1000"
                + " && jdocker exec up busybox nslookup up");
    assertEquals(0, ran.status(), ran.output());
    String curl = "curl -sf http://127.0.0.1:9323/metrics";
    await(curl + " | grep -q 'actions_seconds_count{action=\"start\"} 1'");
    String page = machine.sh(curl).output();
    for (String expected :
        new String[] {
          "(?m)^engine_daemon_container_states_containers\\{state=\"running\"} 1$",
          "(?m)^engine_daemon_events_total\\{type=\"container\",action=\"start\"} 1$",
          "(?m)^jdocker_container_start_stage_seconds_count\\{stage=\"launch\"} 1$",
          "(?m)^jdocker_container_start_stage_seconds_sum\\{stage=\"launch\"} 0\\.\\d+$",
          "(?m)^jdocker_dns_queries_total\\{answer=\"own\"} [1-9]\\d*$",
          "(?m)^jdocker_firewall_transactions_total [1-9]\\d*$",
          "(?m)^process_resident_memory_bytes [1-9]\\d+$",
        }) {
      assertTrue(Pattern.compile(expected).matcher(page).find(), expected + page);
    }
    assertEquals(
        page.lines().filter(line -> line.startsWith("# TYPE")).count(),
        page.lines().filter(line -> line.startsWith("# TYPE")).distinct().count(),
        "each family once");
    assertNotEquals(0, machine.sh("curl -sf http://127.0.0.1:9323/containers/json").status());
  }
}
