package io.jdocker.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.EngineSettings;
import io.jdocker.engine.Lifetime;
import io.jdocker.engine.testing.EngineRoom;
import io.jdocker.junit.samples.Built;
import io.jdocker.junit.samples.Fails;
import io.jdocker.junit.samples.Lives;
import io.jdocker.junit.samples.Misused;
import io.jdocker.junit.samples.NeverReady;
import io.jdocker.junit.samples.Parallel;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs test classes as users write them, and looks at what came of it. */
class JdockerExtensionIT {
  private static Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    folder = Files.createTempDirectory("jdocker-it");
    try (ContainerEngine engine = engine()) {
      EngineRoom.importBusybox(engine);
    }
  }

  private static ContainerEngine engine() {
    return ContainerEngine.open(
        EngineSettings.of(folder.resolve("0"))
            .withLifetime(Lifetime.PERSISTENT)
            .withCgroupParent("/jdocker-test-" + folder.getFileName()));
  }

  @AfterAll
  static void delete() throws IOException {
    EngineRoom.delete(folder);
  }

  /** Looks after the run's engine has gone: it removes what it finds only when it opens. */
  @AfterEach
  void nothingIsLeft() {
    try (ContainerEngine engine = engine()) {
      assertEquals(List.of(), engine.containers().list());
      assertEquals(3, engine.networks().list().size());
      assertEquals(List.of(), engine.volumes().list());
    }
  }

  private static SampleRun run(Class<?>... samples) {
    return SampleRun.of(folder, Map.of(), samples);
  }

  private static void assertAllGreen(SampleRun run, int tests) {
    run.results()
        .forEach(
            (test, failure) ->
                failure.ifPresent(
                    cause -> {
                      throw new AssertionError(test, cause);
                    }));
    assertEquals(tests, run.results().size());
  }

  @Test
  void fieldsAndParametersHaveTheLivesTheyAreToHave() {
    SampleRun run = run(Lives.class);
    assertAllGreen(run, 4);
    assertEquals(List.of(), run.entries());
  }

  @Test
  void anImageIsBuilt() {
    assertAllGreen(run(Built.class), 1);
  }

  @Test
  void testsRunInParallel() {
    Map<String, String> parallel =
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "3");
    assertAllGreen(SampleRun.of(folder, parallel, Parallel.class), 6);
  }

  @Test
  void aFailureShowsWhatContainersWrote() {
    SampleRun run = run(Fails.class);
    assertEquals(Optional.empty(), run.results().get("green()"));
    Throwable failure = run.failure("red()");
    assertEquals("as it is to", failure.getMessage());
    List<String> evidence =
        Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage).toList();
    assertEquals(2, evidence.size());
    assertTrue(evidence.get(0).startsWith("container shared-"), evidence.get(0));
    assertTrue(
        evidence.get(0).endsWith("(busybox, running) wrote last:\nshared tells\n"),
        evidence.get(0));
    assertTrue(
        evidence.get(1).endsWith("ended with exit code 3) wrote last:\nown tells\n"),
        evidence.get(1));
    assertEquals(evidence, run.entries());
  }

  @Test
  void aContainerThatIsNeverReadySaysWhy() {
    Throwable failure = run(NeverReady.class).failure("isNotReached()");
    assertInstanceOf(Unavailable.class, failure);
    assertTrue(
        failure.getMessage().contains("no line of its log matches \"listening\" (it has ended"),
        failure.getMessage());
    assertTrue(failure.getMessage().endsWith("no such database\n"), failure.getMessage());
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(Misused.WrongType.class, "must be of type io.jdocker.engine.Container"),
        Arguments.of(Misused.FinalField.class, "must not be final"),
        Arguments.of(Misused.NoImage.class, "needs an image, or a method"),
        Arguments.of(Misused.TwoSources.class, "exactly one of reference, archive and folder"),
        Arguments.of(Misused.InstanceMethod.class, "has no static method request()"),
        Arguments.of(Misused.EmptyWait.class, "says nothing to wait for"),
        Arguments.of(Misused.BadVariable.class, "is not of the form NAME=value"),
        Arguments.of(Misused.BadVolume.class, "is not of the form NAME:/path"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeInATestIsNamed(Class<?> sample, String message) {
    List<Throwable> failures =
        run(sample).results().values().stream().flatMap(Optional::stream).toList();
    assertEquals(1, failures.size());
    assertInstanceOf(ExtensionConfigurationException.class, failures.get(0));
    assertTrue(failures.get(0).getMessage().contains(message), failures.get(0).getMessage());
  }

  @Test
  void aSecondJvmTakesAnotherRoot() throws IOException {
    try (ContainerEngine taken = engine()) {
      Path second = folder.resolve("1");
      TestEngine other = TestEngine.open(folder);
      assertEquals(second, other.engine().settings().root());
      other.close();
      assertEquals(folder.resolve("0"), taken.settings().root());
    }
  }
}
