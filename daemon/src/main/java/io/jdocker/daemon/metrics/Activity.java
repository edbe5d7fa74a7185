package io.jdocker.daemon.metrics;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.event.EventBus;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens, from the engine's events: on a thread of its own, so that no container waits
 * for it. A start's stages are taken from its trace. Without metrics nothing of this is made.
 */
final class Activity {
  private final Engine engine;
  private final Map<String, LongAdder> actions = new ConcurrentSkipListMap<>();
  private final Map<Stage, Histogram> stages = new EnumMap<>(Stage.class);
  private final Histogram starts = new Histogram();
  private final Thread thread = new Thread(this::listen, "metrics");

  private Activity(Engine engine) {
    this.engine = engine;
    for (Stage stage : Stage.values()) {
      if (stage != Stage.TEARDOWN) {
        stages.put(stage, new Histogram());
      }
    }
  }

  /** Counts from now on. */
  static Activity of(Engine engine) {
    Activity activity = new Activity(engine);
    activity.thread.setDaemon(true);
    activity.thread.start();
    return activity;
  }

  private void listen() {
    try (EventBus.Subscription events = engine.events().subscribe(false)) {
      while (true) {
        Optional<Event> event = events.poll(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        event.ifPresent(this::count);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the daemon ends
    }
  }

  private void count(Event event) {
    String type = event.type().name().toLowerCase(Locale.ROOT);
    // Some actions carry a command behind a colon: those would be a series each.
    String action = event.action().split(":", 2)[0];
    String name = "type=\"" + type + "\",action=\"" + action + "\"";
    actions.computeIfAbsent(name, each -> new LongAdder()).increment();
    if (event.type() == Event.Type.CONTAINER && action.equals("start")) {
      measure(event.id());
    }
  }

  private void measure(String container) {
    Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    try {
      for (TraceEntry entry : engine.containers().explain(container).entries()) {
        nanos.merge(entry.stage(), entry.nanos(), Long::sum);
      }
    } catch (EngineException goneMeanwhile) {
      return;
    }
    nanos.remove(Stage.TEARDOWN);
    nanos.forEach((stage, sum) -> stages.get(stage).add(sum));
    starts.add(nanos.values().stream().mapToLong(Long::longValue).sum());
  }

  void write(StringBuilder page) {
    Page.head(page, "engine_daemon_events_total", "counter", "Events by type and action.");
    actions.forEach(
        (name, count) ->
            page.append("engine_daemon_events_total{" + name + "} " + count.sum() + "\n"));
    String seconds = "engine_daemon_container_actions_seconds";
    Page.head(page, seconds, "histogram", "Time the kernel was asked for in each start.");
    starts.write(page, seconds, "action=\"start\"");
    String stage = "jdocker_container_start_stage_seconds";
    Page.head(page, stage, "histogram", "The same by stage.");
    stages.forEach(
        (each, histogram) ->
            histogram.write(page, stage, "stage=\"" + each.name().toLowerCase(Locale.ROOT) + "\""));
  }

  void stop() {
    thread.interrupt();
  }
}
