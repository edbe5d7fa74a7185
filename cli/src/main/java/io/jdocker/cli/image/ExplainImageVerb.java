package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.util.List;

/** {@code jdocker image explain}: which instruction brought which files, and what is wasted. */
public final class ExplainImageVerb implements Verb {
  private static final int USUAL_DEPTH = 2;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "image explain",
        "[OPTIONS] IMAGE",
        "Show what each layer of an image did: its instruction, its files, what it wastes",
        ArgumentCount.exactly(1),
        new FlagTable()
            .add(
                FlagKind.STRING,
                Flag.NO_SHORTHAND,
                "format",
                """
                How to show it:
                'text': a line a layer
                'tree': the files of each layer, too; the default on a terminal
                'json': every file of every layer""",
                "")
            .add(
                FlagKind.STRING,
                Flag.NO_SHORTHAND,
                "depth",
                "How many folders deep the tree goes; 'all': to every file",
                "\"" + USUAL_DEPTH + "\""));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String format = line.text("format");
    if (!List.of("", "text", "tree", "json").contains(format)) {
      throw new CommandFailure("invalid format " + format + ": text, tree or json");
    }
    int depth = depth(line.text("depth"));
    var answer = session.api().get(Query.of("/jdocker/images/", line.argument(0), "/explain"));
    if (format.equals("json")) {
      session.console().printLine(answer.toString());
      return 0;
    }
    boolean tree = format.equals("tree") || (format.isEmpty() && StandardStream.isTerminal(1));
    session.console().print(new ImageStory(ApiObject.of(answer), tree, depth).text());
    return 0;
  }

  private static int depth(String text) {
    if (text.isEmpty()) {
      return USUAL_DEPTH;
    }
    if (text.equals("all")) {
      return Integer.MAX_VALUE;
    }
    if (!text.matches("[0-9]{1,4}")) {
      throw new CommandFailure("invalid depth " + text + ": a number, or all");
    }
    return Integer.parseInt(text);
  }
}
