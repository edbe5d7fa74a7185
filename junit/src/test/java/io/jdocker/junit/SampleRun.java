package io.jdocker.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run of test classes by a JUnit platform of its own, as a build tool would make it.
 *
 * @param results by the test's name: empty where it succeeded
 * @param entries the values of report entries
 */
record SampleRun(Map<String, Optional<Throwable>> results, List<String> entries) {
  /** Runs classes with an engine below that folder. */
  static SampleRun of(Path root, Map<String, String> configuration, Class<?>... classes) {
    LauncherDiscoveryRequestBuilder request =
        request()
            .configurationParameter(JdockerExtension.ROOT, root.toString())
            .configurationParameters(configuration);
    for (Class<?> sample : classes) {
      request.selectors(selectClass(sample));
    }
    Listener listener = new Listener();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(request.build(), listener);
    return new SampleRun(listener.results, listener.entries);
  }

  Throwable failure(String test) {
    return results.get(test).orElseThrow();
  }

  private static final class Listener implements TestExecutionListener {
    private final Map<String, Optional<Throwable>> results =
        Collections.synchronizedMap(new TreeMap<>());
    private final List<String> entries = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest() || result.getThrowable().isPresent()) {
        results.put(test.getDisplayName(), result.getThrowable());
      }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
      entries.addAll(entry.getKeyValuePairs().values());
    }
  }
}
