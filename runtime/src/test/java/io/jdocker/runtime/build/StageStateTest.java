package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.ImageDraft;
import io.jdocker.images.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which variables an instruction sees, and what the next stage begins with. */
final class StageStateTest {
  private final StageState state = new StageState(ImageDraft.scratch(Platform.host()), '\\');

  @ParameterizedTest(name = "ARG {0}, ENV {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"1 | 2 | 2", "1 | `` | ``", "1 | unset | 1", "unset | 2 | 2", "unset | unset | ``"})
  void theEnvironmentWins(String argument, String environment, String expected) {
    if (!argument.equals("unset")) {
      state.argument("V", argument);
    }
    if (!environment.equals("unset")) {
      state.config().env("V", environment);
    }
    assertEquals(expected, state.expand("$V"));
    // Whichever came first.
    if (!argument.equals("unset")) {
      state.argument("V", argument);
    }
    assertEquals(expected, state.expand("${V}"));
  }

  @Test
  void commandsSeeArgumentsThatNoVariableOverrides() {
    state.argument("B", "1");
    state.argument("A", "2");
    state.argument("AB", "x=y");
    state.config().env("A", "3");
    assertEquals(List.of("B=1", "AB=x=y"), state.visibleArguments());
    state.argument("B", "4");
    assertEquals(List.of("B=4", "AB=x=y"), state.visibleArguments());
  }

  @Test
  void aVariablesValueMayHoldEqualsSigns() {
    state.config().env("V", "a=b=c");
    assertEquals("a=b=c", state.expand("$V"));
  }

  @Test
  void aVariableHasAValueOfItsOwnTime() {
    state.argument("A", "1");
    String early = state.expand("$A");
    state.argument("A", "2");
    assertEquals("1 2", early + " " + state.expand("$A"));
  }

  @Test
  void theFolderIsTheRootUntilItIsSet() {
    assertEquals("/", state.folder());
    state.config().workingDirectory("a");
    assertEquals("/a", state.folder());
  }

  @Test
  void aStageOnTopHasTheImageButNotTheArguments() {
    state.argument("A", "1");
    state.config().env("E", "2");
    state.hasOwnCommand();
    StageState next = state.next();
    assertEquals(" 2", next.expand("$A $E"));
    assertEquals(List.of(), next.visibleArguments());
    assertFalse(next.ownCommand(), "a CMD of the stage below counted as this one's");
    assertTrue(state.ownCommand());
  }

  @Test
  void aStageOnTopChangesNothingBelow() {
    state.config().env("E", "1");
    StageState next = state.next();
    next.config().env("E", "2");
    next.config().user("u");
    next.argument("A", "3");
    assertEquals("1", state.expand("$E$A"));
    assertEquals("", state.config().user());
    assertEquals("2", next.expand("$E"));
  }

  @Test
  void theEscapeIsTheFilesOwn() {
    StageState windows = new StageState(ImageDraft.scratch(Platform.host()), '`');
    windows.argument("A", "1");
    assertEquals("c:\\1$A", windows.expand("c:\\$A`$A"));
    assertEquals("c:\\1$A", windows.next().expand("c:\\1`$A"));
  }
}
