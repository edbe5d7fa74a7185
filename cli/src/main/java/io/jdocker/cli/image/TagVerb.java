package io.jdocker.cli.image;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker tag}. */
public final class TagVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "tag",
            "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
            "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
            ArgumentCount.exactly(2),
            new FlagTable())
        .alsoCalled("image tag", "tag");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String target = line.argument(1);
    try {
      ImageName.check(target);
    } catch (CommandFailure e) {
      throw new CommandFailure(
          "Error parsing reference: \""
              + target
              + "\" is not a valid repository/tag: "
              + e.getMessage());
    }
    session
        .api()
        .post(
            Query.of("/images/", line.argument(0), "/tag")
                .with("repo", ImageName.repository(target))
                .with("tag", ImageName.tagOrDigest(target)));
    return 0;
  }
}
