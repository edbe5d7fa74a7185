package io.jdocker.junit;

import io.jdocker.engine.Container;
import io.jdocker.engine.ContainerDetails;
import io.jdocker.engine.LogRequest;
import io.jdocker.linux.failure.EngineException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Shows what containers wrote beside the failure of a test: as report entries, and with the failure
 * itself, since few runners show the former.
 */
final class FailureReport {
  private static final int LINES = 100;

  private FailureReport() {}

  static void of(ExtensionContext context, Throwable failure, Fixtures fixtures) {
    for (Container container : fixtures.containers()) {
      String log = describe(container);
      context.publishReportEntry("output of a container", log);
      failure.addSuppressed(new ContainerOutput(log));
    }
  }

  private static String describe(Container container) {
    try {
      ContainerDetails details = container.inspect();
      String log = container.logs(LogRequest.everything().withTail(LINES));
      return "container "
          + details.name()
          + " ("
          + details.image()
          + ", "
          + state(details)
          + ") wrote"
          + (log.isEmpty() ? " nothing" : " last:\n" + log);
    } catch (EngineException e) {
      return "container " + container.id() + " cannot be asked: " + e.getMessage();
    }
  }

  private static String state(ContainerDetails details) {
    return details.isRunning() ? "running" : "ended with exit code " + details.exitCode();
  }
}
