package io.jdocker.cli.image;

import io.jdocker.cli.EachTarget;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.prune.DeletedImage;
import java.io.IOException;

/** {@code jdocker rmi}. */
public final class RmiVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "rmi",
            "[OPTIONS] IMAGE [IMAGE...]",
            "Remove one or more images",
            ArgumentCount.atLeast(1),
            new FlagTable()
                .add(FlagKind.BOOL, 'f', "force", "Force removal of the image")
                .add(FlagKind.BOOL, "no-prune", "Do not delete untagged parents"))
        .alsoCalled("image rm", "image remove", "rmi");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    return new EachTarget(session)
        .forgiving(line.isSet("force"))
        .silently(line.arguments(), image -> remove(line, session, image))
        .exitCode();
  }

  private static void remove(Parsed line, Session session, String image) throws IOException {
    Query query =
        Query.of("/images/", image, "")
            .when(line.isSet("force"), "force")
            .when(line.isSet("no-prune"), "noprune");
    for (ApiObject entry : ApiObject.list(session.api().delete(query))) {
      String text = DeletedImage.text(entry);
      session.console().printLine(Character.toUpperCase(text.charAt(0)) + text.substring(1));
    }
  }
}
