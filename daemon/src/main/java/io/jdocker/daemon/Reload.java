package io.jdocker.daemon;

import io.jdocker.daemon.config.DaemonOptions;
import io.jdocker.daemon.config.LiveSettings;
import io.jdocker.daemon.log.DaemonLog;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.runtime.event.Event;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a SIGHUP does: reads daemon.json again, and takes over what may change. The rest is said to
 * need a restart; a file that is wrong changes nothing.
 */
final class Reload implements Runnable {
  private final DaemonOptions first;
  private final Supplier<DaemonOptions> again;
  private final LiveSettings settings;
  private final EngineGate gate;
  private final System.Logger log = System.getLogger(Reload.class.getName());

  /**
   * Made at the start.
   *
   * @param first what the daemon was started with
   * @param again reads flags and file anew
   */
  Reload(
      DaemonOptions first, Supplier<DaemonOptions> again, LiveSettings settings, EngineGate gate) {
    this.first = first;
    this.again = again;
    this.settings = settings;
    this.gate = gate;
  }

  @Override
  public synchronized void run() {
    DaemonOptions now;
    try {
      now = again.get();
    } catch (EngineException e) {
      log.log(Level.ERROR, "nothing is changed: " + e.getMessage());
      return;
    }
    settings.replace(now.changeable(), now.log());
    DaemonLog.apply(now.log());
    gate.get().registries().use(now.changeable().registries());
    if (!now.withChangeableOf(first).equals(first)) {
      log.log(
          Level.WARNING,
          "daemon.json changes what only a restart takes over: all but debug, log-level,"
              + " log-format, labels, registry-mirrors, insecure-registries, log-driver, log-opts,"
              + " default-shm-size and init");
    }
    log.log(Level.INFO, "the configuration was read again");
    gate.get().events().publish(Event.Type.DAEMON, "reload", first.root().toString(), told(now));
  }

  /** Docker's attributes of the event, for what there is here. */
  private static Map<String, String> told(DaemonOptions now) {
    Map<String, String> told = new TreeMap<>();
    told.put("debug", Boolean.toString(now.log().isDebug()));
    told.put("labels", json(now.changeable().labels()));
    told.put("registry-mirrors", json(now.changeable().registries().mirrors()));
    told.put("insecure-registries", json(now.changeable().registries().insecure()));
    told.put("live-restore", "true");
    return told;
  }

  private static String json(Iterable<?> values) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(value -> "\"" + value + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
