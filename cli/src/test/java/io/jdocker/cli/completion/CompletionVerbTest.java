package io.jdocker.cli.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionVerbTest {
  @TempDir Path directory;

  /** Loads the script into a real bash and completes a line. */
  private String complete(String line) throws IOException, InterruptedException {
    Path script = directory.resolve("completion.bash");
    Files.writeString(script, Typed.alone("completion", "bash").out());
    String[] words = line.split(" ", -1);
    StringBuilder test = new StringBuilder(". " + script + "; COMP_WORDS=(");
    for (String word : words) {
      test.append('\'').append(word).append("' ");
    }
    test.append("); COMP_CWORD=").append(words.length - 1);
    test.append("; _complete_jdocker; printf '%s\\n' \"${COMPREPLY[@]}\"");
    Process bash = new ProcessBuilder("bash", "-c", test.toString()).start();
    String out =
        new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    bash.waitFor();
    return out;
  }

  @Test
  void bashCompletesVerbsAndFlags() throws IOException, InterruptedException {
    assertTrue(complete("jdocker expl").contains("explain"));
    assertTrue(complete("jdocker network disc").contains("disconnect"));
    assertTrue(complete("jdocker run --pub").contains("--publish"));
  }

  @Test
  void fishKnowsEveryVerb() {
    String script = Typed.alone("completion", "fish").out();
    assertTrue(script.contains("-n __jdocker_start -a run "), script);
    assertTrue(script.contains("-n '__jdocker_at network' -a ls "), script);
    assertTrue(script.contains("-n '__jdocker_at run' -l publish -s p -r"), script);
  }

  @Test
  void anotherShellIsRefused() {
    Typed typed = Typed.alone("completion", "tcsh");
    assertEquals(
        new Typed(1, "", "jdocker: no completion for shell 'tcsh': use bash, zsh or fish\n"),
        typed);
  }
}
