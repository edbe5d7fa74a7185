package io.jdocker.cli.container;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.image.ImageName;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker commit}: an image of what a container has changed. */
public final class CommitVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "commit",
            "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
            "Create a new image from a container's changes",
            ArgumentCount.between(1, 2),
            new FlagTable()
                .add(
                    FlagKind.STRING,
                    'a',
                    "author",
                    "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")")
                .add(
                    FlagKind.LIST,
                    'c',
                    "change",
                    "Apply Dockerfile instruction to the created image")
                .add(FlagKind.STRING, 'm', "message", "Commit message")
                .add(FlagKind.BOOL, 'p', "pause", "Pause container during commit", "true"))
        .alsoCalled("container commit", "commit");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String name = line.arguments().size() > 1 ? line.argument(1) : "";
    if (!name.isEmpty()) {
      ImageName.check(name);
    }
    Query query =
        Query.of("/commit")
            .with("container", line.argument(0))
            .with("repo", name.isEmpty() ? "" : ImageName.repository(name))
            .with("tag", name.isEmpty() ? "" : ImageName.tagOrDigest(name))
            .with("author", line.text("author"))
            .with("comment", line.text("message"))
            .with("pause", line.isSet("pause", true) ? "" : "0");
    for (String change : line.list("change")) {
      query.with("changes", change);
    }
    ApiObject made = ApiObject.of(session.api().post(query));
    session.console().printLine(made.text("Id"));
    return 0;
  }
}
