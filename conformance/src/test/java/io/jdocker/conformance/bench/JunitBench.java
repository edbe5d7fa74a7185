package io.jdocker.conformance.bench;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.EngineSettings;
import io.jdocker.junit.JdockerExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * One column of {@code scripts/bench junit}.
 *
 * <pre>
 * prepare FOLDER TAR   gives the engine of jdocker-junit below that folder the image
 * jdocker FOLDER       runs the tests on it
 * testcontainers       runs them on whatever DOCKER_HOST says
 * </pre>
 *
 * A run prints the milliseconds of all tests together, and fails where one did.
 */
public final class JunitBench {
  private JunitBench() {}

  /** Runs. */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "prepare" -> prepare(Path.of(arguments[1]).resolve("0"), Path.of(arguments[2]));
      case "jdocker" -> run(FiftyByExtension.class, arguments[1]);
      default -> run(FiftyByTestcontainers.class, "");
    }
    System.exit(0); // Testcontainers leaves threads behind
  }

  private static void prepare(Path root, Path tar) throws IOException {
    try (ContainerEngine engine = ContainerEngine.open(EngineSettings.of(root));
        InputStream files = Files.newInputStream(tar)) {
      engine.images().importRoot("bench", files);
    }
  }

  private static void run(Class<?> tests, String root) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    long begin = System.nanoTime();
    launcher.execute(
        request()
            .selectors(selectClass(tests))
            .configurationParameter(JdockerExtension.ROOT, root)
            .build(),
        listener);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    TestExecutionSummary summary = listener.getSummary();
    if (summary.getTestsSucceededCount() != WebPage.TESTS) {
      summary.printFailuresTo(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      System.exit(1);
    }
    System.out.println(millis);
  }
}
