package io.jdocker.cli.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.container.CreateVerb;
import io.jdocker.cli.container.ExecVerb;
import io.jdocker.cli.container.RunVerb;
import io.jdocker.cli.option.Flag;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table beside the flags that the verbs really take. */
class FlagEffectsTest {
  /** Control group files of version 1 that version 2 has under another name, or not at all. */
  private static final List<String> ONLY_V1 =
      List.of("memory.limit_in_bytes", "cpu.shares", "cpu.cfs_", "blkio.", "devices.allow");

  private static List<FlagEffect> table() throws IOException {
    return FlagEffects.load().all();
  }

  private static Set<String> flags() {
    return Stream.of(new RunVerb(), new CreateVerb(), new ExecVerb())
        .flatMap(verb -> verb.synopsis().flags().flags().stream())
        .map(Flag::name)
        .filter(name -> !name.equals("help"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noFlagIsWithoutAnEntryAndNoEntryWithoutAFlag() throws IOException {
    assertEquals(
        flags(),
        table().stream().map(FlagEffect::flag).collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void theyAreInOrderAndEachIsThereOnce() throws IOException {
    List<String> names = table().stream().map(FlagEffect::flag).toList();
    assertEquals(List.copyOf(new TreeSet<>(names)), names);
  }

  @ParameterizedTest
  @MethodSource("table")
  void eachSaysWhatItDoesOrWhatElseItIsFor(FlagEffect effect) {
    assertTrue(effect.effects().isEmpty() != effect.note().isEmpty(), effect.toString());
    if (!effect.effects().isEmpty()) {
      assertFalse(effect.manuals().isEmpty(), "no manual page tells of --" + effect.flag());
    }
    for (String manual : effect.manuals()) {
      assertTrue(manual.matches("[a-z0-9_.-]+\\([1-8]\\)"), manual);
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void whatVersion1HasIsToldOfVersion2AsWell(FlagEffect effect) {
    for (String line : effect.effects()) {
      boolean old = ONLY_V1.stream().anyMatch(line::contains);
      assertEquals(old, line.startsWith("v1:") && old, line);
      if (line.startsWith("v1:")) {
        assertTrue(
            effect.effects().stream().anyMatch(other -> other.startsWith("v2:")),
            "--" + effect.flag() + " says nothing of version 2");
      }
    }
  }

  @Test
  void aFlagIsFoundWithDashesAndWithout() throws IOException {
    FlagEffects effects = FlagEffects.load();
    assertEquals("memory", effects.find("memory").orElseThrow().flag());
    assertEquals("memory", effects.find("--memory").orElseThrow().flag());
    assertTrue(effects.find("mem").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "memory | x", "memory | a | b(1) | c"})
  void aLineThatIsNoneIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> FlagEffect.parse(line));
  }
}
