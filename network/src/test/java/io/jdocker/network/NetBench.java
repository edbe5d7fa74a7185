package io.jdocker.network;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.linux.trace.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Measures the network module in namespaces of its own: {@code NetBench [ROUNDS [COUNT]]}. Run by
 * scripts/bench net. Whoever compares two ways takes turns with them.
 */
final class NetBench implements AutoCloseable {
  private static final Kernel KERNEL = Kernel.load();
  private static final int PORT = 8080;
  private static final String HOST = HostNamespaces.HOST;

  private final Path root;
  private final TestHost host;
  private final int rounds;

  private NetBench(int rounds) throws IOException {
    this.root = Files.createTempDirectory("jdocker-bench");
    this.host = new TestHost(KERNEL, root, NetworkOptions.of(root).withSpareNamespaces(4));
    this.rounds = rounds;
  }

  /** All measurements. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
    try (NetBench bench = new NetBench(rounds)) {
      bench.attachments();
      bench.publishedPort();
      bench.names();
      bench.manyContainers(count);
    }
  }

  private static void tell(String what, double value, String unit) {
    System.out.printf(Locale.ROOT, "%-62s %10.2f %s%n", what, value, unit);
  }

  private static void verdict(String what, double value, double target) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f, wanted %.2f%n",
        (value <= target ? "met   " : "MISSED") + " " + what,
        value,
        target);
  }

  private SandboxRequest request(int number, int ports) {
    try {
      Path names = Files.createDirectories(root.resolve("names").resolve("c" + number));
      List<PortMapping> mappings =
          IntStream.range(0, ports)
              .mapToObj(i -> PortMapping.of(10_000 + number * 20 + i, Port.tcp(80 + i)))
              .toList();
      return SandboxRequest.of(TestHost.id(number), "c" + number, new NetworkMode.Bridge())
          .withPorts(mappings)
          .withNames(NamesSpec.of(names, "box" + number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Milliseconds of attach and of detach, each the median. */
  private double[] cost(int number, int ports, int times) {
    double[] attach = new double[times];
    double[] detach = new double[times];
    SandboxRequest request = request(number, ports);
    host.with(
        networks -> {
          for (int i = 0; i < times; i++) {
            attach[i] = milliseconds(() -> networks.attach(request, Trace.off()));
            detach[i] = milliseconds(() -> networks.detach(request.containerId(), Trace.off()));
            pause(); // the kernel takes namespaces down behind our back
          }
          return true;
        });
    return new double[] {median(attach), median(detach)};
  }

  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    return at(values, 0.5);
  }

  private static double at(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
  }

  private void attachments() {
    cost(1, 1, rounds); // the JVM learns it
    double[] none = cost(1, 0, rounds);
    double[] one = cost(1, 1, rounds);
    double[] twenty = cost(1, 20, rounds);
    tell("attach, no port", none[0], "ms");
    tell("detach, no port", none[1], "ms");
    tell("attach, 1 port", one[0], "ms");
    tell("detach, 1 port", one[1], "ms");
    tell("attach, 20 ports", twenty[0], "ms");
    tell("detach, 20 ports", twenty[1], "ms");
    verdict("attach to a bridge, ms", none[0], 5);
    verdict("one port more, ms", one[0] - none[0], 3);
    verdict("twenty ports more, ms", twenty[0] - none[0], 5);
    verdict("detach beside attach", one[1] / one[0], 1);
  }

  /** A container that may be reached at its own address and by a published port. */
  private void publishedPort() {
    Map<String, String> open =
        Map.of("com.docker.network.bridge.gateway_mode_ipv4", "nat-unprotected");
    host.with(
        n ->
            n.create(
                new NetworkSpec(
                    "open",
                    "bridge",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    false,
                    false,
                    false,
                    open,
                    Map.of())));
    Sandbox web =
        host.attach(
            new SandboxRequest(
                TestHost.id(900),
                "web",
                new NetworkMode.UserNetwork("open"),
                List.of(EndpointSpec.on("open")),
                List.of(PortMapping.of(PORT, Port.tcp(80))),
                false,
                Set.of(),
                List.of(),
                Optional.empty()));
    String address = web.endpoints().get(0).address().orElseThrow().address().toString();
    host.serve(
        web,
        () ->
            TestServer.tcp(
                80,
                connection ->
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream())));
    List<InetSocketAddress> ways =
        List.of(new InetSocketAddress(address, 80), new InetSocketAddress(HOST, PORT));
    double[][] latency = latencies(ways, 1500);
    tell("new connection, routed, p50", at(latency[0], 0.5), "us");
    tell("new connection, published port, p50", at(latency[1], 0.5), "us");
    tell("new connection, published port, p99", at(latency[1], 0.99), "us");
    verdict("published port's latency", at(latency[1], 0.5) / at(latency[0], 0.5), 1.3);
    double[][] speed = new double[2][5];
    for (int i = 0; i < speed[0].length; i++) {
      for (int way = 0; way < 2; way++) {
        InetSocketAddress to = ways.get(way);
        speed[way][i] = host.machines().runRemote(() -> throughput(to));
      }
    }
    tell("throughput, routed", median(speed[0]), "Gbit/s");
    tell("throughput, published port", median(speed[1]), "Gbit/s");
    verdict("routed throughput beside the port's", median(speed[0]) / median(speed[1]), 1 / 0.95);
    host.detach(TestHost.id(900));
  }

  private double[][] latencies(List<InetSocketAddress> ways, int times) {
    return host.machines()
        .runRemote(
            () -> {
              double[][] found = new double[ways.size()][times];
              for (int i = -times / 4; i < times; i++) {
                for (int way = 0; way < ways.size(); way++) {
                  InetSocketAddress to = ways.get(way);
                  double taken = microseconds(() -> connect(to));
                  if (i >= 0) {
                    found[way][i] = taken;
                  }
                }
              }
              return found;
            });
  }

  private static double microseconds(LongSupplier work) {
    return work.getAsLong() / 1e3;
  }

  private static long connect(InetSocketAddress to) {
    try (Socket socket = new Socket()) {
      long start = System.nanoTime();
      socket.connect(to, 5000);
      long taken = System.nanoTime() - start;
      socket.setSoLinger(true, 0); // no TIME_WAIT: thousands of them would slow the last ones
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double throughput(InetSocketAddress to) {
    byte[] block = new byte[1 << 17];
    try (Socket socket = new Socket()) {
      socket.connect(to, 5000);
      OutputStream out = socket.getOutputStream();
      long start = System.nanoTime();
      long sent = 0;
      while (System.nanoTime() - start < 1_000_000_000L) {
        out.write(block);
        sent += block.length;
      }
      return sent * 8.0 / (System.nanoTime() - start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void names() {
    host.with(n -> n.create(NetworkSpec.bridge("named")));
    List<Sandbox> members = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      NamesSpec names = request(600 + i, 0).names().orElseThrow();
      members.add(
          host.attach(
              SandboxRequest.of(TestHost.id(600 + i), "n" + i, new NetworkMode.UserNetwork("named"))
                  .withNames(names)));
    }
    double[] alone = new double[5000];
    host.machines()
        .runIn(
            members.get(0).namespacePath().orElseThrow(),
            () -> {
              ask(alone.length / 5, 1, new double[alone.length / 5]);
              return ask(alone.length, 1, alone);
            });
    tell("a name's answer, p50", at(alone, 0.5), "us");
    tell("a name's answer, p99", at(alone, 0.99), "us");
    verdict("p99 of a name's answer, ms", at(alone, 0.99) / 1000, 1);
    int many = 60_000;
    double seconds =
        host.machines()
            .runIn(
                members.get(1).namespacePath().orElseThrow(),
                () -> {
                  ask(many / 4, 64, new double[many / 4]);
                  long start = System.nanoTime();
                  ask(many, 64, new double[many]);
                  return (System.nanoTime() - start) / 1e9;
                });
    tell("answers a second, 64 questions under way", many / seconds, "");
    verdict("20,000 beside the answers of a second", 20_000 / (many / seconds), 1);
    members.forEach(m -> host.detach(m.containerId()));
  }

  /** Asks that often with so many questions under way; microseconds of each where it is one. */
  private static boolean ask(int times, int window, double[] taken) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(5000);
      socket.connect(InetAddress.getByName("127.0.0.11"), 53);
      byte[] buffer = new byte[512];
      DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
      int sent = 0;
      for (int got = 0; got < times; got++) {
        long start = System.nanoTime();
        while (sent < times && sent - got < window) {
          byte[] question = question(sent, "n" + sent % 20);
          socket.send(new DatagramPacket(question, question.length));
          sent++;
        }
        socket.receive(answer);
        taken[got] = (System.nanoTime() - start) / 1e3;
        if ((buffer[3] & 0xf) != 0 || buffer[7] != 1) {
          throw new IllegalStateException("no answer to a name that is known");
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] question(int id, String name) {
    byte[] label = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer message = ByteBuffer.allocate(12 + 1 + label.length + 1 + 4);
    message.putShort((short) id).putShort((short) 0x0100).putShort((short) 1);
    message.putShort((short) 0).putInt(0).put((byte) label.length).put(label).put((byte) 0);
    message.putShort((short) 1).putShort((short) 1);
    return message.array();
  }

  private void manyContainers(int count) {
    fill(1, 10);
    double[] few = cost(1100, 1, rounds);
    double[] quick = atPort(1);
    long before = heap();
    fill(11, count);
    double[] many = cost(1100, 1, rounds);
    double[] slow = atPort(count);
    double growth = (heap() - before) / 1e6 / (count - 10);
    tell("add one at 10", few[0], "ms");
    tell("add one at " + count, many[0], "ms");
    tell("remove one at 10", few[1], "ms");
    tell("remove one at " + count, many[1], "ms");
    tell("new connection at 10, p50", at(quick, 0.5), "us");
    tell("new connection at " + count + ", p50", at(slow, 0.5), "us");
    tell("heap for each container", growth, "MB");
    verdict("add at " + count + " beside at 10", many[0] / few[0], 2);
    verdict("remove at " + count + " beside at 10", many[1] / few[1], 2);
    verdict("new connection at " + count + " beside at 10", at(slow, 0.5) / at(quick, 0.5), 2);
    verdict("memory for each, MB", growth, 0.5);
    IntStream.rangeClosed(1, count).forEach(i -> host.detach(TestHost.id(i)));
  }

  private void fill(int first, int last) {
    IntStream.rangeClosed(first, last).forEach(i -> host.attach(request(i, 1)));
  }

  private double[] atPort(int number) {
    Sandbox last = host.with(n -> n.find(TestHost.id(number)).orElseThrow());
    host.servePeer(last, 80);
    return latencies(List.of(new InetSocketAddress(HOST, 10_000 + number * 20)), 1000)[0];
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Override
  public void close() throws IOException {
    host.close();
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
