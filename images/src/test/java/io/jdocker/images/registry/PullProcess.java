package io.jdocker.images.registry;

import io.jdocker.images.ImageStore;
import io.jdocker.images.RegistryFixture;
import io.jdocker.linux.Kernel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A process of its own that pulls, to be killed: {@code PullProcess STORE REFERENCE}. */
final class PullProcess {
  private PullProcess() {}

  /** Pulls, tells each step in a line, and then waits to be killed. */
  public static void main(String[] arguments) throws Exception {
    ImageStore store = ImageStore.open(Path.of(arguments[0]), Kernel.load());
    Registries registries =
        new Registries(
            store,
            RegistryOptions.standard(Map.of()).withRetry(RegistryFixture.IMPATIENT),
            Clock.systemUTC());
    TransferListener lines =
        new TransferListener() {
          @Override
          public void message(String text) {
            tell(text);
          }

          @Override
          public void status(String id, String status) {
            tell(status);
          }
        };
    registries.pull(PullRequest.of(arguments[1]), lines);
    tell("pulled");
    Thread.sleep(60_000);
  }

  private static synchronized void tell(String line) {
    System.out.println(line);
  }
}
