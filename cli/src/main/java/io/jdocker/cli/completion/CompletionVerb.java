package io.jdocker.cli.completion;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.VerbTree;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import picocli.AutoComplete;
import picocli.CommandLine;

/** {@code jdocker completion bash|zsh|fish}: prints the script. */
public final class CompletionVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "completion",
        "bash|zsh|fish",
        "Generate the autocompletion script for the specified shell",
        ArgumentCount.exactly(1),
        new FlagTable());
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String shell = line.argument(0);
    String script =
        switch (shell) {
          // picocli's script serves both: it turns on zsh's bashcompinit itself.
          case "bash", "zsh" -> AutoComplete.bash("jdocker", new CommandLine(VerbTree.model()));
          case "fish" -> FishCompletion.script();
          default ->
              throw new CommandFailure(
                  "jdocker: no completion for shell '" + shell + "': use bash, zsh or fish");
        };
    session.console().print(script);
    return 0;
  }
}
