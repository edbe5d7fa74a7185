package io.jdocker.junit;

import io.jdocker.engine.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Reads from annotations when a container is ready. */
final class Waits {
  private Waits() {}

  static Readiness of(ContainerFixture wish) {
    Readiness all = Readiness.started();
    Duration limit = Duration.ZERO;
    for (WaitFor wait : wish.waitFor()) {
      for (Readiness condition : conditions(wait, wish.ports())) {
        all = all.and(condition);
      }
      Duration own = Duration.ofSeconds(wait.seconds());
      limit = own.compareTo(limit) > 0 ? own : limit;
    }
    if (wish.waitFor().length > 0) {
      return all.within(limit);
    }
    for (int port : wish.ports()) {
      all = all.and(Readiness.listening(port));
    }
    return all;
  }

  private static List<Readiness> conditions(WaitFor wait, int[] ports) {
    List<Readiness> conditions = new ArrayList<>();
    if (!wait.http().isEmpty()) {
      conditions.add(Readiness.http(port(wait, ports), wait.http(), wait.status()));
    } else if (wait.port() != 0) {
      conditions.add(Readiness.listening(wait.port()));
    }
    if (!wait.log().isEmpty()) {
      conditions.add(Readiness.log(wait.log(), wait.times()));
    }
    if (wait.healthy()) {
      conditions.add(Readiness.healthy());
    }
    if (wait.exec().length > 0) {
      conditions.add(Readiness.exec(wait.exec()));
    }
    if (wait.completed()) {
      conditions.add(Readiness.completed());
    }
    if (conditions.isEmpty()) {
      throw new ExtensionConfigurationException(
          "a @WaitFor says nothing to wait for: give it a port, log, http, healthy, exec or"
              + " completed");
    }
    return conditions;
  }

  private static int port(WaitFor wait, int[] ports) {
    if (wait.port() != 0) {
      return wait.port();
    }
    if (ports.length == 0) {
      throw new ExtensionConfigurationException(
          "the wait for GET " + wait.http() + " needs a port, or the container one in ports");
    }
    return ports[0];
  }
}
