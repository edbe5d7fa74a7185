package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.dockerfile.Dockerfile;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stages are built for a target, and in which order. */
final class BuildPlanTest {
  private static BuildPlan plan(String text, String target) {
    return BuildPlan.of(
        Dockerfile.parse(text.replace('~', '\n')), target, UnaryOperator.identity(), Set.of());
  }

  private static String indexes(BuildPlan plan) {
    return String.join(
        " ", plan.stages().stream().map(stage -> Integer.toString(stage.index())).toList());
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // One stage, and chains.
        "FROM x | `` | 0",
        "FROM x AS a~FROM a | `` | 0 1",
        "FROM x AS a~FROM A AS b~FROM b | `` | 0 1 2",
        "FROM x~FROM 0~FROM 1 | `` | 0 1 2",
        "FROM x AS a~FROM x AS b~FROM a | `` | 0 2",
        // Stages that nothing needs are left out.
        "FROM x~FROM y | `` | 1",
        "FROM x AS a~FROM a AS b~FROM y | `` | 2",
        "FROM x AS a~FROM a AS b~FROM y | a | 0",
        "FROM x AS a~FROM a AS b~FROM y | B | 0 1",
        "FROM x AS a~FROM a AS b~FROM y | 1 | 0 1",
        // What files are copied from is needed.
        "FROM x AS a~FROM y~COPY --from=a /f /f | `` | 0 1",
        "FROM x~FROM y~COPY --from=0 /f /f | `` | 0 1",
        "FROM x AS a~FROM y~COPY --from=A /f /f | `` | 0 1",
        "FROM x AS a~FROM y~RUN --mount=type=bind,from=a,target=/t true | `` | 0 1",
        "FROM x AS a~FROM y~RUN --mount=from=a,target=/t true | `` | 0 1",
        "FROM x AS a~FROM y~RUN --mount=type=cache,target=/t true | `` | 1",
        "FROM x AS a~FROM y~COPY --from=busybox /f /f | `` | 1",
        "FROM x AS a~FROM y AS b~COPY --from=a f f~FROM z~COPY --from=b f f | `` | 0 1 2",
        "FROM x AS a~FROM x AS b~FROM z~COPY --from=b f f~COPY --from=a f f | `` | 0 1 2",
        // A diamond is built once.
        "FROM x AS a~FROM a AS b~FROM a AS c~FROM b~COPY --from=c f f | `` | 0 1 2 3",
        // A stage does not see itself or one behind it: those names are images.
        "FROM x AS a~COPY --from=a f f | `` | 0",
        "FROM b AS a~FROM x AS b~FROM a | `` | 0 2",
        "FROM x~COPY --from=1 f f~FROM y | 0 | 0",
        // A stage called like an image hides it from then on.
        "FROM busybox AS busybox~FROM busybox | `` | 0 1",
      })
  void onlyWhatTheTargetNeedsIsBuilt(String text, String target, String expected) {
    assertEquals(expected, indexes(plan(text, target)));
  }

  @ParameterizedTest(name = "{0} for {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FROM x | `` | 1",
        "FROM x~RUN a~RUN b | `` | 3",
        "FROM x AS a~RUN a~FROM y~RUN b~RUN c | `` | 3",
        "FROM x AS a~RUN a~FROM a~RUN b~RUN c | `` | 5",
        "FROM x AS a~RUN a~FROM a~RUN b~RUN c | a | 2",
        "ARG g~FROM x | `` | 1",
      })
  void stepsOfStagesThatAreLeftOutAreNotCounted(String text, String target, int steps) {
    assertEquals(steps, plan(text, target).steps());
  }

  @Test
  void theTargetIsTheNamedStage() {
    assertEquals(0, plan("FROM x AS a~FROM y", "a").target().index());
    assertEquals(1, plan("FROM x AS a~FROM y", "").target().index());
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> plan("FROM x AS a~FROM y", "b"));
    assertEquals("target stage \"b\" could not be found", e.getMessage());
  }

  @Test
  void namesInFromLinesAreExpandedFirst() {
    BuildPlan plan =
        BuildPlan.of(
            Dockerfile.parse("FROM x AS one\nFROM x AS two\nFROM $base\n"),
            "",
            name -> name.equals("$base") ? "two" : name,
            Set.of());
    assertEquals("1 2", indexes(plan));
  }

  @Test
  void onlyFromLinesOfNeededStagesAreExpanded() {
    List<String> expanded = new java.util.ArrayList<>();
    BuildPlan.of(
        Dockerfile.parse("FROM ${broken\nFROM x\n"),
        "",
        name -> {
          expanded.add(name);
          return name;
        },
        Set.of());
    assertEquals(List.of("x"), expanded);
  }

  @Test
  void aNameThatStandsForAContextIsNoStage() {
    Dockerfile file = Dockerfile.parse("FROM x AS a\nFROM a\nCOPY --from=a /f /f\n");
    assertEquals("1", indexes(BuildPlan.of(file, "", UnaryOperator.identity(), Set.of("a"))));
  }
}
