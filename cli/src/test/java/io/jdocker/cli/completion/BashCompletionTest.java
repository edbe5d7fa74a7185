package io.jdocker.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script as bash runs it: words typed so far, and what it offers. */
class BashCompletionTest {
  /** Calls the function that {@code complete -F} names, as readline does, and prints its offers. */
  private static final String ASK =
      """
      source "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
      function=$(complete -p jdocker | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      $function jdocker "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir static Path folder;
  private static Path script;

  @BeforeAll
  static void write() throws IOException {
    Typed typed = Typed.alone("completion", "bash");
    assertEquals(0, typed.code(), typed.err());
    script = Files.writeString(folder.resolve("completion"), typed.out());
  }

  private static Set<String> offered(String... words) throws IOException {
    List<String> line =
        new java.util.ArrayList<>(
            List.of("bash", "--norc", "-c", ASK, "bash", script.toString(), "jdocker"));
    line.addAll(List.of(words));
    Process bash = new ProcessBuilder(line).redirectErrorStream(true).start();
    TreeSet<String> offers = new TreeSet<>();
    new String(bash.getInputStream().readAllBytes(), UTF_8)
        .lines()
        .map(String::strip)
        .filter(offer -> !offer.isEmpty())
        .forEach(offers::add);
    return offers;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          r                    | restart run rm rmi
          vol                  | volume
          network l            | ls
          network inspec       | inspect
          container pru        | prune
          image hist           | history
          run --restar         | --restart
          run --net            | --net --network
          ps --no              | --no-trunc
          logs --f             | --follow
          system d             | df
          completion           | completion
          """)
  void offersWhatFits(String typed, String expected) throws IOException {
    Set<String> offers = offered(typed.split(" ", -1));
    for (String word : expected.split(" ", -1)) {
      assertTrue(offers.contains(word), word + " is not among " + offers);
    }
    String begun = typed.substring(typed.lastIndexOf(' ') + 1);
    assertTrue(offers.stream().allMatch(offer -> offer.startsWith(begun)), offers.toString());
  }

  @Test
  void aGroupOffersItsVerbsAndNoOthers() throws IOException {
    Set<String> offers = offered("volume", "");
    assertTrue(offers.containsAll(List.of("create", "inspect", "ls", "prune", "rm")), "" + offers);
    assertTrue(!offers.contains("run"), offers.toString());
  }

  @Test
  void whatIsNoneOffersNothing() throws IOException {
    assertEquals(Set.of(), offered("run", "--nosuchflag"));
    assertEquals(Set.of(), offered("nosuchverb"));
  }
}
