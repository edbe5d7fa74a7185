package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages by name and number. */
final class StageLookupTest {
  private static final Dockerfile FILE =
      Dockerfile.parse(
          """
          ARG V=1 W
          FROM a AS Base
          RUN 1
          from b as mid.dle-2
          RUN 2
          RUN 3
          FROM base
          """);

  @ParameterizedTest(name = "{0} before {1}")
  @CsvSource({
    "base, 3, 0",
    "BASE, 3, 0",
    "0, 1, 0",
    "1, 2, 1",
    "2, 3, 2",
    "mid.dle-2, 2, 1",
    "base, 0, -1",
    "mid.dle-2, 1, -1",
    "2, 2, -1",
    "3, 3, -1",
    "00, 3, -1",
    "-1, 3, -1",
    "a, 3, -1",
    "bas, 3, -1",
    "'', 3, -1",
  })
  void oneIsFoundOnlyIfItStandsBefore(String name, int index, int expected) {
    assertEquals(expected, FILE.stageBefore(index, name).map(Dockerfile.Stage::index).orElse(-1));
  }

  @ParameterizedTest
  @CsvSource({"'', 2", "base, 0", "Base, 0", "MID.DLE-2, 1", "0, 0", "2, 2"})
  void theTargetIsTheLastUnlessNamed(String name, int expected) {
    assertEquals(expected, FILE.target(name).index());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "3", "-1", "a", " "})
  void anUnknownTargetIsNamed(String name) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> FILE.target(name));
    assertEquals("target stage \"" + name + "\" could not be found", e.getMessage());
  }

  @Test
  void argumentsBeforeTheFirstStageAreNoInstructionsOfOne() {
    assertEquals(List.of("ARG V=1 W"), FILE.globals().stream().map(Instruction::text).toList());
    assertEquals(
        List.of(1, 2, 0),
        FILE.stages().stream().map(stage -> stage.instructions().size()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a1", "a-b", "a_b", "a.b", "abc-1.2_3"})
  void aNameMayBe(String name) {
    assertEquals(name, Dockerfile.parse("FROM x AS " + name).stages().get(0).from().alias().get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1a", "-a", "_a", ".a", "a/b", "a:b", "a@b", "$a", "é"})
  void aNameMayNotBe(String name) {
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> Dockerfile.parse("FROM x AS " + name));
    assertEquals(
        "dockerfile parse error on line 1: invalid name for build stage: \""
            + name
            + "\", name can't start with a number or contain symbols\n 1 | FROM x AS "
            + name
            + "\n   | "
            + " ".repeat(("FROM x AS " + name).indexOf(name))
            + "^".repeat(name.length()),
        e.getMessage());
  }

  @Test
  void aNameIsGivenOnce() {
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () -> Dockerfile.parse("FROM x AS a\nRUN y\nFROM x AS b\nFROM x AS A\n"));
    assertEquals(
        """
        dockerfile parse error on line 4: duplicate name a of a build stage
         4 | FROM x AS A
           | ^^^^^^^^^^^""",
        e.getMessage());
  }
}
