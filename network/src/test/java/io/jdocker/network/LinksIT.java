package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.network.driver.BridgeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and links between containers. */
class LinksIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String LOCALHOST =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      ff00::0\tip6-mcastprefix
      ff02::1\tip6-allnodes
      ff02::2\tip6-allrouters
      """;

  @TempDir private Path root;
  private TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private NamesSpec names(int number) throws IOException {
    return NamesSpec.of(Files.createDirectories(root.resolve("names" + number)), "box" + number);
  }

  private String hosts(int number) throws IOException {
    return Files.readString(root.resolve("names" + number + "/hosts"));
  }

  private Sandbox attach(int number, NetworkMode mode, Link... links) throws IOException {
    return host.attach(
        new SandboxRequest(
            TestHost.id(number),
            "c" + number,
            mode,
            List.of(),
            List.of(),
            false,
            Set.of(),
            List.of(links),
            Optional.of(names(number))));
  }

  private static Link link(int target, String alias) {
    return new Link(
        TestHost.id(target),
        "c" + target,
        alias,
        Set.of(Port.tcp(80)),
        List.of("FOO=bar", "PATH=/bin"));
  }

  @Test
  @DisplayName("network.md rows 31, 32, 33: line, variables, restart of a link")
  void aLinkGivesLineVariablesAndFollowsARestart() throws IOException {
    attach(1, new NetworkMode.Bridge());
    Sandbox linking = attach(2, new NetworkMode.Bridge(), link(1, "db"));
    String brief = TestHost.id(1).substring(0, 12);
    assertEquals(LOCALHOST + "172.17.0.2\tdb " + brief + " c1\n172.17.0.3\tbox2\n", hosts(2));
    assertEquals(
        List.of(
            "DB_PORT=tcp://172.17.0.2:80",
            "DB_PORT_80_TCP=tcp://172.17.0.2:80",
            "DB_PORT_80_TCP_ADDR=172.17.0.2",
            "DB_PORT_80_TCP_PORT=80",
            "DB_PORT_80_TCP_PROTO=tcp",
            "DB_NAME=/c2/db",
            "DB_ENV_FOO=bar"),
        linking.environment());

    Object inode = Files.getAttribute(root.resolve("names2/hosts"), "unix:ino");
    host.detach(TestHost.id(1));
    host.attachBridge(3); // takes 172.17.0.2
    attach(1, new NetworkMode.Bridge());
    assertEquals(LOCALHOST + "172.17.0.4\tdb " + brief + " c1\n172.17.0.3\tbox2\n", hosts(2));
    assertEquals(inode, Files.getAttribute(root.resolve("names2/hosts"), "unix:ino"));
    assertEquals("box2\n", Files.readString(root.resolve("names2/hostname")));
  }

  @Test
  @DisplayName("network.md row 35: a link to nobody is refused")
  void aLinkToNobodyIsRefused() {
    Conflict conflict =
        assertThrows(Conflict.class, () -> attach(2, new NetworkMode.Bridge(), link(1, "db")));
    assertEquals("Cannot link to a non running container: /c1 AS /c2/db", conflict.getMessage());
  }

  @Test
  @DisplayName("network.md row 34: a link opens ports where icc is off")
  void aLinkOpensExposedPortsWhereTheNetworkIsQuiet() throws IOException {
    NetworkSpec quiet =
        new NetworkSpec(
            "quiet",
            "bridge",
            Optional.of("10.9.0.0/24"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false,
            false,
            false,
            Map.of(BridgeOptions.ICC, "false"),
            Map.of());
    host.with(n -> n.create(quiet));
    Sandbox server = attach(1, new NetworkMode.UserNetwork("quiet"));
    Sandbox client = attach(2, new NetworkMode.UserNetwork("quiet"), link(1, "db"));
    Sandbox stranger = attach(3, new NetworkMode.UserNetwork("quiet"));
    host.servePeer(server, 80);
    host.servePeer(server, 81);
    String get = "curl -s -m 2 http://10.9.0.2:";
    assertEquals("10.9.0.3", host.in(client, get + "80/").output());
    assertFalse(host.in(client, get + "81/").status() == 0);
    assertFalse(host.in(stranger, get + "80/").status() == 0);
    host.detach(TestHost.id(2));
    String rules = host.machines().shell("iptables-save -t filter").output();
    assertFalse(rules.contains("10.9.0.3"), rules);
  }

  @Test
  @DisplayName(
      "network.md row 31: on a user network a link is a name of the linking container alone")
  void aLinkOnAUserNetworkIsAName() throws IOException {
    host.with(n -> n.create(NetworkSpec.bridge("blue")));
    attach(1, new NetworkMode.UserNetwork("blue"));
    Sandbox client = attach(2, new NetworkMode.UserNetwork("blue"), link(1, "db"));
    Sandbox stranger = attach(3, new NetworkMode.UserNetwork("blue"));
    String look = "busybox nslookup db 127.0.0.11 | tail -n +3";
    assertTrue(host.in(client, look).output().contains("172.18.0.2"));
    assertFalse(host.in(stranger, look).output().contains("172.18.0.2"));
    assertEquals(List.of(), client.environment());
    assertEquals(LOCALHOST + "172.18.0.3\tbox2\n", hosts(2), "its own line and no other");

    host.detach(TestHost.id(1));
    attach(4, new NetworkMode.UserNetwork("blue")); // takes the address
    attach(1, new NetworkMode.UserNetwork("blue"));
    assertTrue(host.in(client, look).output().contains("172.18.0.5"), "it follows a restart");
  }
}
