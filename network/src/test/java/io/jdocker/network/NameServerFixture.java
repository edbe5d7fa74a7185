package io.jdocker.network;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host with the network blue, and containers whose name server can be asked. */
abstract class NameServerFixture {
  static final Kernel KERNEL = Kernel.load();

  @TempDir Path root;
  TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
    host.with(n -> n.create(NetworkSpec.bridge("blue")));
  }

  @AfterEach
  void close() {
    host.close();
  }

  static String script(String name) {
    try {
      return Path.of(NameServerFixture.class.getResource(name).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  final NamesSpec names(int number, String... servers) {
    try {
      Path folder = Files.createDirectories(root.resolve("names" + number));
      return new NamesSpec(
          folder, "box" + number, "", List.of(), List.of(servers), List.of(), List.of());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  final SandboxRequest request(int number, NetworkMode mode, List<EndpointSpec> endpoints) {
    return new SandboxRequest(
        TestHost.id(number),
        "c" + number,
        mode,
        endpoints,
        List.of(),
        false,
        Set.of(),
        List.of(),
        Optional.of(names(number, HostNamespaces.REMOTE)));
  }

  final Sandbox attach(int number, String network, String... aliases) {
    EndpointSpec spec =
        new EndpointSpec(network, Optional.empty(), Optional.empty(), List.of(aliases), 0);
    return host.attach(request(number, new NetworkMode.UserNetwork(network), List.of(spec)));
  }

  final Sandbox attach(NamesSpec names) {
    return host.attach(
        SandboxRequest.of(TestHost.id(1), "c1", new NetworkMode.UserNetwork("blue"))
            .withNames(names));
  }

  final String ask(Sandbox from, String question) {
    return host.in(from, "python3 " + script("ask.py") + " " + question).output();
  }

  /** Starts a name server on the remote machine and waits until it answers there. */
  final void serve(String address, String mode) {
    host.machines().remoteShell("ip address add " + address + "/32 dev eth0 2>/dev/null");
    host.background(
        host.machines()
            .startRemote("exec python3 " + script("answer.py") + " " + address + " " + mode));
    TestHost.await(
        () ->
            host.machines()
                    .remoteShell("ss -Hlntu 'src " + address + " and sport = :53'")
                    .output()
                    .lines()
                    .count()
                == 2);
  }
}
