package io.jdocker.cli.registry;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.image.ImageName;
import io.jdocker.cli.image.Progress;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker pull}. */
public final class PullVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "pull",
            "[OPTIONS] NAME[:TAG|@DIGEST]",
            "Download an image from a registry",
            ArgumentCount.exactly(1),
            new FlagTable()
                .add(FlagKind.BOOL, 'a', "all-tags", "Download all tagged images in the repository")
                .add(
                    FlagKind.STRING, "platform", "Set platform if server is multi-platform capable")
                .add(FlagKind.BOOL, 'q', "quiet", "Suppress verbose output"))
        .alsoCalled("image pull", "pull");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String image = line.argument(0);
    boolean all = line.isSet("all-tags");
    try {
      ImageName.check(image);
    } catch (CommandFailure e) {
      throw new CommandFailure(e.getMessage());
    }
    boolean isNamed = image.length() > ImageName.repository(image).length();
    if (all && isNamed) {
      throw new CommandFailure("tag can't be used with --all-tags/-a");
    }
    boolean quiet = line.isSet("quiet");
    if (!all && !isNamed && !quiet) {
      session.console().printLine("Using default tag: latest");
    }
    Query query =
        Query.of("/images/create")
            .with("fromImage", ImageName.repository(image))
            .with("tag", all ? "" : ImageName.tagOrDigest(image))
            .with("platform", line.text("platform"));
    Progress.onOutput(session, quiet)
        .follow(session.api().open("POST", query, RegistryAccess.fields(session, image)));
    session.console().printLine(all ? ImageName.fullRepository(image) : ImageName.full(image));
    return 0;
  }
}
