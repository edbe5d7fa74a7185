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
import java.util.Map;

/** {@code jdocker push}. */
public final class PushVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "push",
            "[OPTIONS] NAME[:TAG]",
            "Upload an image to a registry",
            ArgumentCount.exactly(1),
            new FlagTable()
                .add(FlagKind.BOOL, 'a', "all-tags", "Push all tags of an image to the repository")
                .add(
                    FlagKind.STRING,
                    "platform",
                    "Push a platform-specific manifest as a single-platform image to the registry")
                .add(FlagKind.BOOL, 'q', "quiet", "Suppress verbose output"))
        .alsoCalled("image push", "push");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String image = line.argument(0);
    try {
      ImageName.check(image);
    } catch (CommandFailure e) {
      throw new CommandFailure(e.getMessage());
    }
    boolean all = line.isSet("all-tags");
    boolean isNamed = image.length() > ImageName.repository(image).length();
    if (all && isNamed) {
      throw new CommandFailure("tag can't be used with --all-tags/-a");
    }
    boolean quiet = line.isSet("quiet");
    if (!all && !isNamed && !quiet) {
      session.console().printLine("Using default tag: latest");
    }
    Query query =
        Query.of("/images/", ImageName.repository(image), "/push")
            .with("tag", all ? "" : ImageName.tagOrDigest(image))
            .with("platform", line.text("platform"));
    Map<String, String> login = RegistryAccess.fields(session, image);
    Progress.onOutput(session, quiet).follow(session.api().open("POST", query, login));
    if (quiet) {
      session.console().printLine(all ? ImageName.fullRepository(image) : ImageName.full(image));
    }
    return 0;
  }
}
