package io.jdocker.network;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that attaches and detaches containers until somebody kills it. */
public final class EngineToKill {
  private EngineToKill() {}

  /**
   * Runs.
   *
   * @param arguments the engine's root, and {@code hold} to attach one container and keep it
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Networks networks =
        Networks.open(options(Path.of(arguments[0])).withSpareNamespaces(2), Kernel.load());
    attach(networks, 1);
    System.out.println("attached");
    if (arguments.length > 1) {
      Thread.sleep(Long.MAX_VALUE);
    }
    Path names = Files.createDirectories(Path.of(arguments[0], "name-files"));
    networks.create(NetworkSpec.bridge("steady"));
    while (true) {
      attach(networks, 2);
      attachNamed(networks, 3, names);
      networks.detach(TestHost.id(2), Trace.off());
      networks.detach(TestHost.id(3), Trace.off());
      networks.create(NetworkSpec.bridge("coming"));
      networks.remove("coming");
    }
  }

  /** One with a name server and rules of its own. */
  private static void attachNamed(Networks networks, int number, Path folder) {
    networks.attach(
        SandboxRequest.of(TestHost.id(number), "k" + number, new NetworkMode.UserNetwork("steady"))
            .withNames(NamesSpec.of(folder, "box")),
        Trace.off());
  }

  /** Names namespaces below the root: this test may run twice at once on one machine. */
  static NetworkOptions options(Path root) {
    NetworkOptions usual = NetworkOptions.of(root);
    return new NetworkOptions(
        usual.root(),
        usual.namespaces(),
        root.resolve("names"),
        usual.bridge(),
        usual.bip(),
        usual.pools(),
        0);
  }

  private static void attach(Networks networks, int number) {
    networks.attach(
        SandboxRequest.of(TestHost.id(number), "k" + number, new NetworkMode.Bridge())
            .withPorts(List.of(PortMapping.of(8000 + number, Port.tcp(80)))),
        Trace.off());
  }
}
