package io.jdocker.cli.container;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/**
 * {@code jdocker explain}: the kernel's side of a container's start, as a story, JSON or a script.
 */
public final class ExplainVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "explain",
        "[OPTIONS] CONTAINER",
        "Show what was done to the kernel to make a container",
        ArgumentCount.exactly(1),
        new FlagTable()
            .add(
                FlagKind.STRING,
                Flag.NO_SHORTHAND,
                "format",
                """
                How to tell it:
                'text': a story, one line a step
                'json': the recorded steps
                'sh':   a shell script that builds the same container by hand""",
                "\"text\"")
            .add(FlagKind.BOOL, "live", "Show each step as it happens"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    try (Response story =
        session
            .api()
            .openUnversioned(
                "GET",
                Explanation.query(line.argument(0))
                    .with("format", line.find("format").orElse("text"))
                    .when(line.isSet("live"), "live"))) {
      Explanation.copy(story.body(), session.console().out());
    }
    return 0;
  }
}
