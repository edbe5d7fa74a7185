package io.jdocker.runtime.container;

import io.jdocker.runtime.health.ProbeResult;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.stdio.OutputHead;
import io.jdocker.runtime.timer.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Probes by a command in the container, as exec runs it. Thread-safe. */
final class ExecProbe implements Probe {
  private static final int KEPT_OUTPUT = 4096;

  private final ExecProcesses execs;
  private final Timer timer;
  private final Executor workers;
  private final Clock clock;

  ExecProbe(ExecProcesses execs, Timer timer, Executor workers, Clock clock) {
    this.execs = execs;
    this.timer = timer;
    this.workers = workers;
    this.clock = clock;
  }

  @Override
  public Running begin(Container container, HealthSpec spec) {
    Instant start = clock.instant();
    OutputHead output = new OutputHead(KEPT_OUTPUT);
    Exec exec;
    try {
      exec = execs.createProbe(container, command(spec.command()));
      execs.start(exec, output);
    } catch (RuntimeException e) {
      return new NotBegun(new ProbeResult(start, clock.instant(), ProbeResult.NOT_RUN, message(e)));
    }
    return new Command(exec, output, start, spec.effectiveTimeout());
  }

  private static ExecSpec command(List<String> argv) {
    return new ExecSpec(argv, List.of(), "", "", false, false, true, true, false, 0, 0);
  }

  private static String message(RuntimeException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private record NotBegun(ProbeResult why) implements Running {
    @Override
    public CompletableFuture<ProbeResult> result() {
      return CompletableFuture.completedFuture(why);
    }

    @Override
    public void kill() {}
  }

  private final class Command implements Running {
    private final Exec exec;
    private final CompletableFuture<ProbeResult> result;
    private volatile boolean late;

    Command(Exec exec, OutputHead output, Instant start, Duration timeout) {
      this.exec = exec;
      Timer.Wait limit = timer.after(timeout, () -> workers.execute(this::overdue));
      this.result =
          exec.exit()
              .thenApply(
                  code -> {
                    limit.cancel();
                    execs.forget(exec);
                    return late ? tooLate(start, timeout, output) : ended(start, code, output);
                  });
    }

    private ProbeResult ended(Instant start, int code, OutputHead output) {
      return new ProbeResult(start, clock.instant(), code, output.text());
    }

    private ProbeResult tooLate(Instant start, Duration timeout, OutputHead output) {
      String written = output.text();
      return new ProbeResult(
          start,
          clock.instant(),
          ProbeResult.NOT_RUN,
          "Health check exceeded timeout ("
              + GoDuration.format(timeout)
              + ")"
              + (written.isEmpty() ? "" : ": " + written));
    }

    private void overdue() {
      late = true;
      kill();
    }

    @Override
    public CompletableFuture<ProbeResult> result() {
      return result;
    }

    @Override
    public void kill() {
      execs.kill(exec);
    }
  }
}
