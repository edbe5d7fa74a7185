package io.jdocker.daemon.bench;

import io.jdocker.linux.testing.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Detached containers with a port each: so many one after another, in turns at both engines, then
 * as many again in parallel, over the API. Arguments: the folder, pid and socket of jdocker; the
 * same of dockerd; how many.
 */
public final class ScaleBench {
  private static final int PARALLEL = 16;
  private static final int FIRST_PORT = 20_000;
  private static final int WARM_UP = 5;
  private static final String COMMAND = "[\"sleep\",\"100000\"]";
  private static final double FASTER_IN_TURN = 10;
  private static final double FASTER_IN_PARALLEL = 5;
  private static final double DEARER_AT_THE_END = 1.3;
  private static final double MEGABYTES_EACH = 0.5;
  private static final double MEGABYTES_IDLE = 80;

  /** One of the engines, and what was seen of it. */
  private static final class Host {
    private final String folder;
    private final long pid;
    private final Path socket;
    private final AtomicInteger port = new AtomicInteger(FIRST_PORT);
    private final List<String> ids = Collections.synchronizedList(new ArrayList<>());
    private final Samples inTurn = new Samples();
    private final Samples atTheEnd = new Samples();
    private Footprint idle;
    private Footprint full;
    private double parallelSeconds;
    private double removalSeconds;

    Host(String folder, String pid, String socket) {
      this.folder = folder;
      this.pid = Long.parseLong(pid);
      this.socket = Path.of(socket);
    }

    Footprint footprint() throws IOException {
      return Footprint.take(folder, pid);
    }

    long add(Contestant engine) throws IOException {
      String request = Shape.BRIDGE_ONE_PORT.request(COMMAND, port.getAndIncrement());
      long begin = System.nanoTime();
      String id = engine.create(request);
      engine.start(id);
      long duration = System.nanoTime() - begin;
      ids.add(id);
      return duration;
    }

    double perContainer() {
      return (full.proportionalMegabytes() - idle.proportionalMegabytes()) / ids.size();
    }
  }

  private final PrintStream out;
  private final Host jdocker;
  private final Host docker;
  private final int count;

  private ScaleBench(PrintStream out, Host jdocker, Host docker, int count) {
    this.out = out;
    this.jdocker = jdocker;
    this.docker = docker;
    this.count = count;
  }

  public static void main(String[] arguments) throws Exception {
    Host jdocker = new Host(arguments[0], arguments[1], arguments[2]);
    Host docker = new Host(arguments[3], arguments[4], arguments[5]);
    new ScaleBench(System.out, jdocker, docker, Integer.parseInt(arguments[6])).run();
  }

  private void run() throws Exception {
    List<Host> hosts = List.of(jdocker, docker);
    try (Contestant ours = new Contestant(jdocker.socket);
        Contestant theirs = new Contestant(docker.socket)) {
      for (Host host : hosts) {
        warmUp(host, host == jdocker ? ours : theirs);
        host.idle = host.footprint();
      }
      inTurns(ours, theirs, count, jdocker.inTurn, docker.inTurn);
      for (Host host : hosts) {
        host.parallelSeconds = inParallel(host);
      }
      int last = Math.min(20, count);
      inTurns(ours, theirs, last, jdocker.atTheEnd, docker.atTheEnd);
    }
    for (Host host : hosts) {
      host.full = host.footprint();
      host.removalSeconds = remove(host);
    }
    report();
  }

  private static void warmUp(Host host, Contestant engine) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      host.add(engine);
      engine.remove(host.ids.remove(0), true);
    }
  }

  private void inTurns(
      Contestant ours, Contestant theirs, int times, Samples ourTimes, Samples theirTimes)
      throws IOException {
    for (int i = 0; i < times; i++) {
      ourTimes.add(jdocker.add(ours));
      theirTimes.add(docker.add(theirs));
    }
  }

  private double inParallel(Host host) throws Exception {
    AtomicInteger left = new AtomicInteger(count);
    return together(
        () -> {
          try (Contestant engine = new Contestant(host.socket)) {
            while (left.getAndDecrement() > 0) {
              host.add(engine);
            }
          }
          return true;
        });
  }

  private double remove(Host host) throws Exception {
    Deque<String> left = new ArrayDeque<>(host.ids);
    return together(
        () -> {
          try (Contestant engine = new Contestant(host.socket)) {
            for (String id = next(left); id != null; id = next(left)) {
              engine.remove(id, true);
            }
          }
          return true;
        });
  }

  private static String next(Deque<String> left) {
    synchronized (left) {
      return left.poll();
    }
  }

  /** Does the same in 16 threads; the seconds until the last has finished. */
  private static double together(Callable<Boolean> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
    try {
      long begin = System.nanoTime();
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(PARALLEL, work))) {
        done.get();
      }
      return (System.nanoTime() - begin) / 1e9;
    } catch (ExecutionException e) {
      throw new IOException("a thread failed: " + e.getCause().getMessage(), e);
    } finally {
      threads.shutdown();
    }
  }

  private void report() {
    int all = jdocker.ids.size();
    out.printf(
        "%d containers with a port one after another, %d in parallel of %d, %d more in turn%n",
        count, count, PARALLEL, jdocker.atTheEnd.count());
    out.printf("%-42s %10s %10s %8s%n", "", "jdocker", "docker", "ratio");
    double inTurn = faster("one after another, containers/s", rate(jdocker), rate(docker));
    double inParallel =
        faster(
            "in parallel, containers/s",
            count / jdocker.parallelSeconds,
            count / docker.parallelSeconds);
    int first = Math.min(20, count);
    row("the first " + first + ", ms each", begin(jdocker, first), begin(docker, first));
    row("the last, ms each", jdocker.atTheEnd.median(), docker.atTheEnd.median());
    row(
        "removal in parallel, containers/s",
        all / jdocker.removalSeconds,
        all / docker.removalSeconds);
    row("idle, MB resident", jdocker.idle.residentMegabytes(), docker.idle.residentMegabytes());
    row(
        "with " + all + ", MB resident",
        jdocker.full.residentMegabytes(),
        docker.full.residentMegabytes());
    row(
        "  shared pages counted once",
        jdocker.full.proportionalMegabytes(),
        docker.full.proportionalMegabytes());
    row("  MB for each container", jdocker.perContainer(), docker.perContainer());
    row("  processes", jdocker.full.processes(), docker.full.processes());
    verdict("one after another at least 10 times", inTurn, inTurn >= FASTER_IN_TURN);
    verdict("in parallel at least 5 times", inParallel, inParallel >= FASTER_IN_PARALLEL);
    double dearer = jdocker.atTheEnd.median() / begin(jdocker, first);
    verdict("the last costs at most 1.3 times the first", dearer, dearer <= DEARER_AT_THE_END);
    verdict(
        "MB each at most 0.5", jdocker.perContainer(), jdocker.perContainer() <= MEGABYTES_EACH);
    double idle = jdocker.idle.residentMegabytes();
    verdict("idle at most 80 MB resident", idle, idle <= MEGABYTES_IDLE);
  }

  private double rate(Host host) {
    return count / host.inTurn.sumSeconds();
  }

  private static double begin(Host host, int first) {
    return host.inTurn.slice(0, first).median();
  }

  private double faster(String what, double ours, double theirs) {
    out.printf("%-42s %10.1f %10.1f %8.1f%n", what, ours, theirs, ours / theirs);
    return ours / theirs;
  }

  private void row(String what, double ours, double theirs) {
    out.printf("%-42s %10.2f %10.2f%n", what, ours, theirs);
  }

  private void verdict(String what, double measured, boolean met) {
    out.printf("target: %s: %.2f %s%n", what, measured, met ? "ok" : "MISSED");
  }
}
