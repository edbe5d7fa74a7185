package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Digest;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.runtime.testing.Specs;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken from the cache, what is not, and why. */
final class CacheIT {
  private static final String DOCKERFILE =
      """
      FROM busybox
      ARG A=1
      ENV E=e
      WORKDIR /w
      COPY f d/ /w/
      RUN cat /w/f > /out
      CMD ["cat", "/out"]
      """;

  private BuildFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BuildFixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private static TarBuilder files(TarBuilder tar) {
    return tar.file("f", "one", 0644).directory("d", 0755).file("d/g", "two", 0644);
  }

  private Digest build(String dockerfile) throws Exception {
    return fixture.build(dockerfile, CacheIT::files).id();
  }

  @Test
  void theSameInputsGiveTheSameImage() throws Exception {
    Digest first = build(DOCKERFILE);
    assertEquals(0, fixture.hits());
    assertEquals(first, build(DOCKERFILE));
    assertEquals(6, fixture.hits());
    assertFalse(fixture.output().contains("Running in"), fixture.output());
  }

  @Test
  void aRestartedEngineRemembers() throws Exception {
    Digest first = build(DOCKERFILE);
    fixture.test().reopen();
    assertEquals(first, build(DOCKERFILE));
    assertEquals(6, fixture.hits());
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CMD [\"cat\", \"/out\"] | CMD [\"cat\"] | 5",
        "RUN cat | RUN  cat -u | 4",
        "COPY f d/ /w/ | COPY d/ f /w/ | 3",
        "COPY f | COPY --chown=7 f | 3",
        "ENV E=e | ENV E=x | 3",
        "ARG A=1 | ARG A=2 | 3",
        "WORKDIR /w | WORKDIR /x | 2",
        "USER | USER | 6",
      })
  void whatChangesIsRunAgainAndWhatDependsOnIt(String from, String to, int hits) throws Exception {
    build(DOCKERFILE);
    build(DOCKERFILE.replace(from, to));
    assertEquals(hits, fixture.hits(), fixture.output());
  }

  @Test
  void aChangedFileMissesAndATouchedOneHits() throws Exception {
    build(DOCKERFILE);
    fixture.build(
        DOCKERFILE,
        tar -> {
          TarArchiveEntry touched = TarBuilder.entry("f", TarConstants.LF_NORMAL, 0644);
          touched.setModTime(1_700_000_000_000L);
          tar.add(touched, "one".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          return tar.directory("d", 0755).file("d/g", "two", 0644);
        });
    assertEquals(6, fixture.hits(), "a time counted");
    fixture.build(
        DOCKERFILE,
        tar -> tar.file("f", "ONE", 0644).directory("d", 0755).file("d/g", "two", 0644));
    assertEquals(3, fixture.hits(), "the content did not count");
    fixture.build(
        DOCKERFILE,
        tar -> tar.file("f", "one", 0755).directory("d", 0755).file("d/g", "two", 0644));
    assertEquals(3, fixture.hits(), "the mode did not count");
    fixture.build(DOCKERFILE, tar -> files(tar).file("unrelated", "x", 0644));
    assertEquals(6, fixture.hits(), "a file that is not copied counted");
    assertEquals("one", fixture.in("made:1", "cat /out"));
  }

  @Test
  void aStepBelowThatGivesTheSameFilesDoesNotCount() throws Exception {
    String dockerfile =
        "FROM busybox\nCOPY f /f\nRUN cat /f > /dev/null; head -c 9 /dev/urandom | md5sum > /out\n";
    Digest first = build(dockerfile);
    assertEquals(first, build(dockerfile.replace("COPY f /f", "COPY ./f /f")));
    assertEquals(2, fixture.hits(), fixture.output());
  }

  @Test
  void noCacheRunsAllAndIsRemembered() throws Exception {
    String dockerfile = "FROM busybox\nRUN head -c 9 /dev/urandom | md5sum > /out\n";
    build(dockerfile);
    String first = fixture.in("made:1", "cat /out");
    fixture.build(BuildRequest.named("made:1").withoutCache(), dockerfile, CacheIT::files);
    assertEquals(0, fixture.hits());
    String second = fixture.in("made:1", "cat /out");
    assertNotEquals(first, second);
    build(dockerfile);
    assertEquals(second, fixture.in("made:1", "cat /out"));
  }

  @Test
  void argumentsCountFromTheirDeclarationAndProxiesNever() throws Exception {
    String dockerfile = "FROM busybox\nRUN echo before > /b\nARG X\nRUN echo $X > /out\n";
    BuildRequest request = BuildRequest.named("made:1").withArgument("X", "1");
    fixture.build(request, dockerfile);
    fixture.build(request.withArgument("X", "2"), dockerfile);
    assertEquals(1, fixture.hits(), fixture.output());
    fixture.build(request.withArgument("HTTP_PROXY", "http://x"), dockerfile);
    assertEquals(3, fixture.hits(), fixture.output());
    assertEquals("1\n", fixture.in("made:1", "cat /out"));
  }

  @Test
  void aFailedStepIsNotRemembered() throws Exception {
    String dockerfile = "FROM busybox\nRUN true\nRUN false\n";
    assertThrows(CommandFailed.class, () -> build(dockerfile));
    assertThrows(CommandFailed.class, () -> build(dockerfile));
    assertEquals(1, fixture.hits());
  }

  @Test
  void removedImagesLeaveTheirLayersToTheCacheUntilItIsPruned() throws Exception {
    Digest first = build(DOCKERFILE);
    var images = fixture.test().engine().images();
    images.remove("made:1", true, List.of());
    assertEquals(first, build(DOCKERFILE));
    assertEquals(6, fixture.hits());
    images.remove("made:1", true, List.of());
    long before = images.layersSize();
    var pruned = fixture.test().engine().builder().prune();
    assertEquals(6, pruned.steps().size());
    assertEquals(before - images.layersSize(), pruned.reclaimed());
    assertEquals(1, images.list().size());
    build(DOCKERFILE);
    assertEquals(0, fixture.hits());
  }

  @Test
  void aMissIsExplained() throws Exception {
    BuildRequest request = BuildRequest.named("made:1").explained();
    fixture.build(request, DOCKERFILE, CacheIT::files);
    assertTrue(
        fixture.output().contains(" ---> Cache miss: this instruction was never run before\n"));
    fixture.build(
        request,
        DOCKERFILE,
        tar -> tar.file("f", "ONE", 0644).directory("d", 0755).file("d/g", "two", 0644));
    assertTrue(
        fixture.output().contains(" ---> Cache miss: changed: contents\n"), fixture.output());
    assertTrue(fixture.output().contains(" ---> Cache miss: changed: files\n"), fixture.output());
    fixture.build(request.withArgument("A", "9"), DOCKERFILE, CacheIT::files);
    assertTrue(
        fixture.output().contains(" ---> Cache miss: changed: arguments\n"), fixture.output());
    fixture.build(request.withoutCache(), DOCKERFILE, CacheIT::files);
    assertTrue(fixture.output().contains("the cache was not to be used"), fixture.output());
  }

  @Test
  void twoEnginesBuildTheSameImageOfOneMoment() throws Exception {
    String dockerfile =
        """
        FROM busybox
        WORKDIR /w
        COPY f d /w/
        RUN cat f > /out; mkdir -p /a/b; touch /a/b/c
        CMD ["cat"]
        """;
    BuildRequest request =
        BuildRequest.named("made:1").withArgument("SOURCE_DATE_EPOCH", "1700000000");
    List<Digest> here = layers(fixture, request, dockerfile);
    try (BuildFixture other = new BuildFixture()) {
      assertEquals(here, layers(other, request, dockerfile));
    }
    assertEquals(
        "1700000000 1700000000\n",
        fixture.in("made:1", "echo $(stat -c %Y /out) $(stat -c %Y /a/b/c)"));
    var config = fixture.test().engine().images().get("made:1").config();
    assertEquals(1_700_000_000L, config.created().orElseThrow().getEpochSecond());
  }

  /** Those above the base, which each engine imported at a time of its own. */
  private static List<Digest> layers(BuildFixture on, BuildRequest request, String dockerfile)
      throws Exception {
    return on.build(request, dockerfile, CacheIT::files).config().diffIds();
  }

  @Test
  void aBuildLeavesNoImageBehindButItsOwn() throws Exception {
    build(DOCKERFILE);
    assertEquals(
        List.of(List.of("made:1"), List.of("busybox:latest")),
        fixture.test().engine().images().list().stream().map(i -> i.repoTags()).toList());
    assertEquals(Map.of(), fixture.test().engine().images().get("made:1").config().labels());
    assertEquals(0, fixture.test().run(Specs.run("true").spec("made:1")).exitCode());
  }
}
