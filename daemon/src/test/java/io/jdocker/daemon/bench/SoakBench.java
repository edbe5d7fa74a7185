package io.jdocker.daemon.bench;

import io.jdocker.linux.testing.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/**
 * Thousands of containers come and go, 16 at a time: each is created, started, gets a command
 * executed, is stopped and removed; every second one has a published port. In between, with none
 * left, what the daemon and the kernel still have is noted. Arguments: the pid and socket of
 * jdocker, how many lives, the file of the picture.
 */
public final class SoakBench {
  private static final int PARALLEL = 16;
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 10_000;
  private static final int SAMPLES = 40;
  private static final String SLEEP = "[\"sleep\",\"100000\"]";
  private static final String GROUP = "jdocker";

  /** What grows by a tenth over thousands of lives does not leak one thing each. */
  private static final double FLAT = 1.1;

  private final PrintStream out;
  private final long daemon;
  private final Path socket;
  private final AtomicInteger next = new AtomicInteger();

  private SoakBench(PrintStream out, long daemon, Path socket) {
    this.out = out;
    this.daemon = daemon;
    this.socket = socket;
  }

  public static void main(String[] arguments) throws Exception {
    SoakBench bench =
        new SoakBench(System.out, Long.parseLong(arguments[0]), Path.of(arguments[1]));
    List<SoakSample> samples = bench.run(Integer.parseInt(arguments[2]));
    Files.writeString(Path.of(arguments[3]), SoakPicture.of(samples));
    bench.report(samples);
  }

  private List<SoakSample> run(int lives) throws Exception {
    List<SoakSample> samples = new ArrayList<>();
    out.printf(
        "%8s %9s %9s %12s %8s %7s %7s %7s%n",
        "lives", "ms each", "MB", "descriptors", "threads", "links", "mounts", "groups");
    int each = Math.max(PARALLEL, lives / SAMPLES);
    ExecutorService pool = Executors.newFixedThreadPool(PARALLEL);
    try {
      for (int done = each; done <= lives; done += each) {
        double millis = batch(pool, each);
        SoakSample sample = SoakSample.take(daemon, GROUP, done, millis);
        samples.add(sample);
        out.printf(
            "%8d %9.1f %9.1f %12d %8d %7d %7d %7d%n",
            sample.lives(),
            sample.millis(),
            sample.residentMegabytes(),
            sample.descriptors(),
            sample.threads(),
            sample.links(),
            sample.mounts(),
            sample.groups());
      }
    } finally {
      pool.shutdownNow();
    }
    return samples;
  }

  /** So many lives; the median of their durations in milliseconds. */
  private double batch(ExecutorService pool, int lives)
      throws InterruptedException, ExecutionException {
    Samples durations = new Samples();
    List<Future<?>> workers = new ArrayList<>();
    AtomicInteger left = new AtomicInteger(lives);
    for (int i = 0; i < PARALLEL; i++) {
      workers.add(
          pool.submit(
              () -> {
                try (Contestant engine = new Contestant(socket)) {
                  while (left.getAndDecrement() > 0) {
                    durations.add(live(engine));
                  }
                }
                return null;
              }));
    }
    for (Future<?> worker : workers) {
      worker.get();
    }
    return durations.median();
  }

  private long live(Contestant engine) throws IOException {
    int number = next.getAndIncrement();
    Shape shape = number % 2 == 0 ? Shape.BRIDGE_ONE_PORT : Shape.NONE;
    long begin = System.nanoTime();
    String id = engine.create(shape.request(SLEEP, FIRST_PORT + number % PORTS));
    engine.start(id);
    engine.exec(id, "[\"true\"]");
    engine.stop(id);
    engine.remove(id, false);
    return System.nanoTime() - begin;
  }

  private void report(List<SoakSample> samples) {
    int warm = samples.size() / 10; // the first tenth is the warm-up
    flat("resident memory", samples, warm, SoakSample::residentMegabytes);
    flat("descriptors", samples, warm, SoakSample::descriptors);
    flat("threads", samples, warm, SoakSample::threads);
    flat("kernel objects", samples, warm, SoakSample::kernelObjects);
    flat("duration of a life", samples, warm, SoakSample::millis);
  }

  /** Compares the last quarter with the one after the warm-up. */
  private void flat(
      String what, List<SoakSample> samples, int warm, ToDoubleFunction<SoakSample> value) {
    int quarter = Math.max(1, (samples.size() - warm) / 4);
    double first = mean(samples.subList(warm, warm + quarter), value);
    double last = mean(samples.subList(samples.size() - quarter, samples.size()), value);
    out.printf(
        "target: %s flat: %.1f, then %.1f: %s%n",
        what, first, last, last <= first * FLAT ? "ok" : "MISSED");
  }

  private static double mean(List<SoakSample> samples, ToDoubleFunction<SoakSample> value) {
    return samples.stream().mapToDouble(value).average().orElseThrow();
  }
}
