package io.jdocker.cli.image;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker save}: to a file that appears whole or not at all, or to standard output. */
public final class SaveVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "save",
            "[OPTIONS] IMAGE [IMAGE...]",
            "Save one or more images to a tar archive (streamed to STDOUT by default)",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(FlagKind.STRING, 'o', "output", "Write to a file, instead of STDOUT")
                .add(
                    FlagKind.STRING,
                    "platform",
                    "Save only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")"))
        .alsoCalled("image save", "save");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Query query = Query.of("/images/get").with("platform", line.text("platform"));
    for (String image : line.arguments()) {
      query.with("names", image);
    }
    new ArchiveOutput("save", "image", line.text("output")).receive(session, query);
    return 0;
  }
}
