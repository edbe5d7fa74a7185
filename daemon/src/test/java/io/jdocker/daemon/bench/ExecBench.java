package io.jdocker.daemon.bench;

import io.jdocker.linux.testing.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done with running containers: exec of {@code true} and one sample of the stats of many,
 * over the API and in turns with dockerd; and what health checks every second cost the daemon.
 * Arguments: jdocker's socket, its pid, dockerd's socket, how many rounds, how many containers.
 */
public final class ExecBench {
  private static final String SLEEP = "[\"sleep\",\"100000\"]";
  private static final String HEALTH =
      "\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"],\"Interval\":1000000000,"
          + "\"Timeout\":10000000000,\"Retries\":3},";
  private static final int WARM_UP = 20;
  private static final int TURN = 5;
  private static final long REST_MILLIS = 300;
  private static final long SETTLE_MILLIS = 5_000;
  private static final long WATCH_MILLIS = 20_000;
  private static final double LONGEST_EXEC = 6;
  private static final double LONGEST_STATS = 50;
  private static final double PERCENT_OF_A_CORE = 15;
  // proc(5): utime and stime are counted in clock ticks of 10 ms on every Linux of today.
  private static final double TICKS_PER_SECOND = 100;

  private final PrintStream out;
  private final Contestant jdocker;
  private final Contestant docker;
  private final int containers;

  private ExecBench(PrintStream out, Contestant jdocker, Contestant docker, int containers) {
    this.out = out;
    this.jdocker = jdocker;
    this.docker = docker;
    this.containers = containers;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (Contestant jdocker = new Contestant(Path.of(arguments[0]));
        Contestant docker = new Contestant(Path.of(arguments[2]))) {
      ExecBench bench = new ExecBench(System.out, jdocker, docker, Integer.parseInt(arguments[4]));
      bench.exec(Integer.parseInt(arguments[3]));
      bench.stats();
      bench.health(Long.parseLong(arguments[1]));
    }
  }

  private void exec(int rounds) throws IOException, InterruptedException {
    String ours = started(jdocker, "");
    String theirs = started(docker, "");
    for (int i = 0; i < WARM_UP; i++) {
      jdocker.exec(ours, "[\"true\"]");
    }
    Samples our = new Samples();
    Samples their = new Samples();
    for (int done = 0; done < rounds; done += TURN) {
      turn(jdocker, ours, our);
      turn(docker, theirs, their);
    }
    row("exec of true, ms", our.median(), their.median());
    verdict("exec at most 6 ms", our.median(), LONGEST_EXEC);
    jdocker.remove(ours, true);
    docker.remove(theirs, true);
  }

  private static void turn(Contestant engine, String id, Samples times)
      throws IOException, InterruptedException {
    Thread.sleep(REST_MILLIS);
    for (int i = 0; i <= TURN; i++) {
      long begin = System.nanoTime();
      engine.exec(id, "[\"true\"]");
      // The first after a rest does not count.
      if (i > 0) {
        times.add(System.nanoTime() - begin);
      }
    }
  }

  private void stats() throws IOException {
    List<String> ours = many(jdocker, "");
    List<String> theirs = many(docker, "");
    Samples our = new Samples();
    Samples their = new Samples();
    for (int i = 0; i < TURN; i++) {
      sampleAll(jdocker, ours, our);
      sampleAll(docker, theirs, their);
    }
    row("stats of " + containers + " containers, ms", our.median(), their.median());
    verdict("stats of all at most 50 ms", our.median(), LONGEST_STATS);
    removeAll(jdocker, ours);
    removeAll(docker, theirs);
  }

  private static void sampleAll(Contestant engine, List<String> ids, Samples times)
      throws IOException {
    long begin = System.nanoTime();
    for (String id : ids) {
      engine.stats(id);
    }
    times.add(System.nanoTime() - begin);
  }

  /** dockerd is not asked: it starts a process of runc and a shim's task for each check. */
  private void health(long daemon) throws IOException, InterruptedException {
    List<String> ids = many(jdocker, HEALTH);
    Thread.sleep(SETTLE_MILLIS);
    double before = processorSeconds(daemon);
    Thread.sleep(WATCH_MILLIS);
    double used = processorSeconds(daemon) - before;
    double percent = 100 * used * 1000 / WATCH_MILLIS;
    out.printf("%-42s %10.1f%n", containers + " health checks a second, % of a core", percent);
    verdict("health checks at most 15 % of a core", percent, PERCENT_OF_A_CORE);
    removeAll(jdocker, ids);
  }

  private static String started(Contestant engine, String more) throws IOException {
    String id = engine.create(Shape.NONE.request(SLEEP, 0, more));
    engine.start(id);
    return id;
  }

  private List<String> many(Contestant engine, String more) throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < containers; i++) {
      ids.add(started(engine, more));
    }
    return ids;
  }

  private static void removeAll(Contestant engine, List<String> ids) throws IOException {
    for (String id : ids) {
      engine.remove(id, true);
    }
  }

  /** What a process has used by itself, without its children: proc(5), fields 14 and 15. */
  private static double processorSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private void row(String what, double ours, double theirs) {
    out.printf("%-42s jdocker %8.1f   docker %8.1f%n", what, ours, theirs);
  }

  private void verdict(String what, double measured, double longest) {
    out.printf("target: %s: %.1f %s%n", what, measured, measured <= longest ? "ok" : "MISSED");
  }
}
