package io.jdocker.runtime.build;

import io.jdocker.images.dockerfile.Dockerfile.Stage;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Builds the stages of a plan, each as soon as what it needs is there and a processor is free. The
 * first that fails ends the others.
 */
final class StageGraph {
  private static final int FEWEST_THREADS = 2;

  private final BuildScope scope;
  private final BuildPlan plan;
  private final StageOutputs outputs;
  private final Cancellation siblings = new Cancellation();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /**
   * @param scope of the whole build; its progress is the client's
   */
  StageGraph(BuildScope scope, BuildPlan plan, BuildProgress progress) {
    this.scope = scope;
    this.plan = plan;
    this.outputs = new StageOutputs(progress, plan.stages().size());
  }

  /** Builds all of them; results are the scope's. */
  void run() throws IOException {
    if (plan.stages().size() == 1) {
      new StageBuild(forStage(0, scope.cancellation()), plan.stages().get(0)).run();
      return;
    }
    int threads = Math.max(FEWEST_THREADS, Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads, StageGraph::thread);
    Cancellation.Scope ending = scope.cancellation().onCancel(siblings::cancel);
    try {
      CompletableFuture.allOf(start(pool)).join();
    } catch (CompletionException e) {
      rethrow(failure.get());
    } finally {
      ending.close();
      pool.shutdown();
      outputs.end();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "jdocker-build-stage");
    thread.setDaemon(true);
    return thread;
  }

  private CompletableFuture<?>[] start(ExecutorService pool) {
    Map<Integer, CompletableFuture<Void>> started = new HashMap<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < plan.stages().size(); i++) {
      int place = i;
      Stage stage = plan.stages().get(i);
      CompletableFuture<?>[] needs =
          plan.needs().get(stage.index()).stream()
              .map(started::get)
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture<Void> built =
          CompletableFuture.allOf(needs).thenRunAsync(() -> build(place, stage), pool);
      // What never ran, for want of what it needs, says nothing either.
      all.add(built.whenComplete((nothing, e) -> outputs.done(place)));
      started.put(stage.index(), built);
    }
    return all.toArray(CompletableFuture<?>[]::new);
  }

  private void build(int place, Stage stage) {
    try {
      new StageBuild(forStage(place, siblings), stage).run();
    } catch (IOException e) {
      throw failed(new UncheckedIOException(e));
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(RuntimeException e) {
    if (failure.compareAndSet(null, e)) {
      siblings.cancel();
    }
    return e;
  }

  private BuildScope forStage(int place, Cancellation cancellation) {
    int before = plan.stages().subList(0, place).stream().mapToInt(BuildPlan::steps).sum();
    return scope.forStage(new BuildOutput(outputs.of(place), before, plan.steps()), cancellation);
  }

  private static void rethrow(Throwable e) throws IOException {
    if (e instanceof UncheckedIOException io) {
      throw io.getCause();
    }
    if (e instanceof RuntimeException known) {
      throw known;
    }
    throw new SystemFailure("a build stage has ended without a result", e);
  }
}
