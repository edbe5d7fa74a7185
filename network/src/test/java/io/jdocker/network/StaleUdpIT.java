package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.netlink.Conntrack;
import io.jdocker.linux.testing.HostNamespaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A UDP client that never stops sending always talks to whoever has the port now. */
class StaleUdpIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final PortMapping PORT =
      new PortMapping(Port.udp(53), Optional.empty(), 5353, 5353);

  @TempDir private Path root;
  private TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
    host.attachBridge(8); // its rules make the kernel track connections
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Sends from one port without end and prints whenever another server answers. */
  private BufferedReader client() {
    String python =
        """
        import socket
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("0.0.0.0", 7000))
        s.settimeout(0.05)
        last = b""
        while True:
            s.sendto(b"x", ("%s", 5353))
            try:
                answer = s.recv(99)
            except OSError:
                continue
            if answer != last:
                last = answer
                print(answer.decode(), flush=True)
        """
            .formatted(HostNamespaces.HOST);
    Process process = host.machines().startRemote("exec python3 -c '" + python + "'");
    host.background(process);
    return process.inputReader();
  }

  private void serve(Sandbox sandbox, String answer) {
    String python =
        """
        import socket
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("0.0.0.0", 53))
        while True:
            d, a = s.recvfrom(99)
            s.sendto(b"%s", a)
        """
            .formatted(answer);
    host.background(
        host.machines()
            .startIn(sandbox.namespacePath().orElseThrow(), "exec python3 -c '" + python + "'"));
  }

  @Test
  @DisplayName("network.md 2.6: a published UDP port follows its container (moby#8795)")
  void theClientFollowsThePortFromContainerToContainer() throws IOException {
    BufferedReader client = client();
    TestHost.await(() -> flows() > 0); // the client began before anything was published

    serve(host.attachBridge(1, PORT), "first");
    assertEquals("first", client.readLine());

    host.detach(TestHost.id(1));
    host.attachBridge(9); // takes the address of the first
    serve(host.attachBridge(2, PORT), "second");
    assertEquals("second", client.readLine());
  }

  @Test
  void flowsToOtherPortsAndMachinesAreLeftAlone() {
    host.machines().shell(send(HostNamespaces.REMOTE, 5353));
    host.machines().remoteShell(send(HostNamespaces.HOST, 5354));
    List<String> before = tracked();
    assertEquals(2, before.size(), before.toString());
    host.attachBridge(1, PORT);
    host.detach(TestHost.id(1));
    assertEquals(before, tracked());
  }

  private static String send(String address, int port) {
    return "python3 -c 'import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
        + " s.sendto(b\"x\", (\"%s\", %d))'".formatted(address, port);
  }

  private List<String> tracked() {
    return host.machines()
        .run(
            () -> {
              try (Conntrack conntrack = Conntrack.open(KERNEL)) {
                return conntrack.list().stream()
                    .filter(f -> f.protocol() == 17)
                    .map(Object::toString)
                    .sorted()
                    .toList();
              }
            });
  }

  private int flows() {
    return tracked().size();
  }
}
