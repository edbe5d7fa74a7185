package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.ConfigDocument.HealthcheckDocument;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a create request says of a container's end, its restarts and its health.
 *
 * @param init whether a first process runs in front of the command where nothing is said
 */
record LifecycleRequest(ConfigDocument config, HostConfigDocument host, boolean init) {
  private static final long SHORTEST = Duration.ofMillis(1).toNanos();
  private static final Set<String> TESTS = Set.of("NONE", "CMD", "CMD-SHELL");

  /**
   * The specification.
   *
   * @throws InvalidArgument for what is wrong, in Docker's words
   */
  LifecycleSpec spec() {
    RestartPolicy restart =
        RestartPolicy.parse(host.restartPolicy().name(), host.restartPolicy().maximumRetryCount());
    if (!restart.isNone() && host.autoRemove()) {
      throw new InvalidArgument("can't create 'AutoRemove' container with restart policy");
    }
    return new LifecycleSpec(
        host.autoRemove(),
        config.stopSignal(),
        config.stopTimeout(),
        host.init().orElse(init),
        restart,
        config.healthcheck().map(LifecycleRequest::health));
  }

  private static HealthSpec health(HealthcheckDocument sent) {
    time("Interval", sent.interval());
    time("Timeout", sent.timeout());
    if (sent.retries() < 0) {
      throw new InvalidArgument("Retries in Healthcheck cannot be negative");
    }
    time("StartPeriod", sent.startPeriod());
    time("StartInterval", sent.startInterval());
    String kind = sent.test().isEmpty() ? "NONE" : sent.test().get(0);
    if (!TESTS.contains(kind)) {
      throw new InvalidArgument(
          "Unknown healthcheck type '"
              + kind
              + "' (expected 'CMD', 'CMD-SHELL' or 'NONE' as the first word of Test)");
    }
    if (sent.test().size() == 1 && !kind.equals("NONE")) {
      throw new InvalidArgument("Healthcheck.Test says " + kind + " and no command");
    }
    return new HealthSpec(
        sent.test(),
        sent.interval(),
        sent.timeout(),
        sent.startPeriod(),
        sent.startInterval(),
        sent.retries(),
        List.of());
  }

  private static void time(String name, long nanos) {
    if (nanos != 0 && nanos < SHORTEST) {
      throw new InvalidArgument(name + " in Healthcheck cannot be less than 1ms");
    }
  }
}
