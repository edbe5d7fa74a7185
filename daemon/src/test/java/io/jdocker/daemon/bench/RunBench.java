package io.jdocker.daemon.bench;

import io.jdocker.linux.testing.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * Times create, start, wait and remove of {@code true} over the API of two warm daemons, in turns
 * of a few containers each: what the kernel still tears down of one engine's containers would slow
 * down the next one's, so each turn begins with a rest and a container that does not count.
 * Arguments: jdocker's socket, dockerd's socket, how many rounds.
 */
public final class RunBench {
  private static final int WARM_UP = 30;
  private static final int TURN = 5;
  private static final long REST_MILLIS = 300;
  private static final int HOST_PORT = 20_000;
  private static final double LONGEST_NONE = 15;
  private static final double LONGEST_ONE_PORT = 30;
  private static final double LONGEST_MORE_PORTS = 10;

  private enum Phase {
    CREATE,
    START,
    WAIT,
    REMOVE,
    ALL
  }

  private static final class Times {
    private final Map<Phase, Samples> samples = new EnumMap<>(Phase.class);

    Samples of(Phase phase) {
      return samples.computeIfAbsent(phase, p -> new Samples());
    }
  }

  private final PrintStream out;
  private final Contestant jdocker;
  private final Contestant docker;

  private RunBench(PrintStream out, Contestant jdocker, Contestant docker) {
    this.out = out;
    this.jdocker = jdocker;
    this.docker = docker;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (Contestant jdocker = new Contestant(Path.of(arguments[0]));
        Contestant docker = new Contestant(Path.of(arguments[1]))) {
      new RunBench(System.out, jdocker, docker).run(Integer.parseInt(arguments[2]));
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    out.printf("over the API of a warm daemon, ms, medians of %d (90th percentile)%n", rounds);
    out.printf("%-28s %7s %7s %7s %7s %16s%n", "", "create", "start", "wait", "remove", "together");
    Map<Shape, Times> ours = new EnumMap<>(Shape.class);
    Map<Shape, Times> theirs = new EnumMap<>(Shape.class);
    for (Shape shape : Shape.values()) {
      ours.put(shape, new Times());
      theirs.put(shape, new Times());
    }
    for (int i = 0; i < WARM_UP; i++) {
      round(jdocker, Shape.BRIDGE_ONE_PORT, new Times());
    }
    for (int done = 0; done < rounds; done += TURN) {
      for (Shape shape : Shape.values()) {
        turn(jdocker, shape, ours.get(shape));
        turn(docker, shape, theirs.get(shape));
      }
    }
    Map<Shape, Double> medians = new EnumMap<>(Shape.class);
    for (Shape shape : Shape.values()) {
      row("jdocker  " + shape.title(), ours.get(shape));
      row("docker   " + shape.title(), theirs.get(shape));
      medians.put(shape, ours.get(shape).of(Phase.ALL).median());
    }
    double onePort = medians.get(Shape.BRIDGE_ONE_PORT);
    verdict("--net=none", medians.get(Shape.NONE), LONGEST_NONE);
    verdict("bridge and 1 port", onePort, LONGEST_ONE_PORT);
    verdict("20 ports add", medians.get(Shape.BRIDGE_TWENTY_PORTS) - onePort, LONGEST_MORE_PORTS);
  }

  private static void turn(Contestant engine, Shape shape, Times times)
      throws IOException, InterruptedException {
    Thread.sleep(REST_MILLIS);
    round(engine, shape, new Times());
    for (int i = 0; i < TURN; i++) {
      round(engine, shape, times);
    }
  }

  private static void round(Contestant engine, Shape shape, Times times) throws IOException {
    String request = shape.request("[\"true\"]", HOST_PORT);
    long begin = System.nanoTime();
    String id = engine.create(request);
    long created = System.nanoTime();
    engine.start(id);
    long started = System.nanoTime();
    engine.await(id);
    long ended = System.nanoTime();
    engine.remove(id, false);
    long removed = System.nanoTime();
    times.of(Phase.CREATE).add(created - begin);
    times.of(Phase.START).add(started - created);
    times.of(Phase.WAIT).add(ended - started);
    times.of(Phase.REMOVE).add(removed - ended);
    times.of(Phase.ALL).add(removed - begin);
  }

  private void row(String title, Times times) {
    Samples all = times.of(Phase.ALL);
    out.printf(
        "%-28s %7.1f %7.1f %7.1f %7.1f %16s%n",
        title,
        times.of(Phase.CREATE).median(),
        times.of(Phase.START).median(),
        times.of(Phase.WAIT).median(),
        times.of(Phase.REMOVE).median(),
        String.format("%.1f (%.1f)", all.median(), all.quantile(0.9)));
  }

  private void verdict(String what, double measured, double longest) {
    out.printf(
        "target: %s at most %.0f ms: %.1f %s%n",
        what, longest, measured, measured <= longest ? "ok" : "MISSED");
  }
}
