package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.io.InputStream;

/** {@code jdocker import}: an image from a root file system's tar. */
public final class ImportVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "import",
            "[OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
            "Import the contents from a tarball to create a filesystem image",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(
                    FlagKind.LIST,
                    'c',
                    "change",
                    "Apply Dockerfile instruction to the created image")
                .add(FlagKind.STRING, 'm', "message", "Set commit message for imported image")
                .add(
                    FlagKind.STRING,
                    "platform",
                    "Set platform if server is multi-platform capable"))
        .alsoCalled("image import", "import");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String source = line.argument(0);
    boolean isUrl = source.startsWith("http://") || source.startsWith("https://");
    String name = line.arguments().size() > 1 ? line.argument(1) : "";
    if (!name.isEmpty()) {
      ImageName.check(name);
    }
    Query query =
        Query.of("/images/create")
            .with("fromSrc", isUrl ? source : "-")
            .with("repo", name)
            .with("message", line.text("message"))
            .with("platform", line.text("platform"));
    for (String change : line.list("change")) {
      query.with("changes", change);
    }
    if (isUrl) {
      return print(session, session.api().open("POST", query));
    }
    try (InputStream content = ArchiveInput.open(source, session.console())) {
      return print(
          session,
          session.api().upload(query, "text/plain", out -> ArchiveInput.copy(content, out)));
    }
  }

  private static int print(Session session, Response response) throws IOException {
    ApiObject last =
        Progress.onOutput(session, true)
            .follow(response)
            .orElseThrow(() -> new CommandFailure("the daemon did not name an image"));
    session.console().printLine(last.text("status"));
    return 0;
  }
}
